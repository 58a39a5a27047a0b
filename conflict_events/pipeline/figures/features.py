"""Features of a pair of an outcome trigger and a group of people, for the model that accepts or refuses it."""

from __future__ import annotations

from collections.abc import Sequence

from conflict_events.pipeline.figures.lexicon import SENSES, WAR_WORDS, noun_class, people_class
from conflict_events.pipeline.figures.mentions import CALENDAR, Mention
from conflict_events.pipeline.figures.roles import AUXILIARIES, BESIDE
from conflict_events.pipeline.figures.triggers import Trigger
from conflict_events.pipeline.syntax import Tree

LONGEST_PATH = 6
WAR_DISTANCE = 60
SAYING = frozenset(
    "said says say reported reports report told added adds according stated announced confirmed quoted".split()
)
JOINTS = frozenset({",", "and", "or", "&", ";", "plus", "his", "her", "its", "their", "the"})
CLOSED = frozenset(
    "by with of to at in on from for against including among between that and or , as than after including were was left "
    'killed wounded injured other about over ( " : ; - about including plus like'.split()
)


class PairFeatures:
    """What the features of one sentence share."""

    def __init__(
        self,
        tree: Tree,
        start: int,
        end: int,
        found: Sequence[Trigger],
        mentions: Sequence[Mention],
        linked: dict[tuple[int, int], str],
        rows: dict[int, tuple[int, ...]],
    ) -> None:
        self.tree, self.start, self.end = tree, start, end
        self.found, self.mentions, self.linked = found, mentions, linked
        self.trigger_at = {t.i for t in found}
        self.starts = {t.start for t in found}
        self.ends = {t.end for t in found}
        self.mention_ends = {m.end for m in mentions if m.counted}
        self.mention_starts = {m.start for m in mentions if m.counted and m.form != "article"}
        self.chain = rows
        self.order = sorted((m.start, k) for k, m in enumerate(mentions) if m.counted or m.form == "plural")
        self.of_trigger: dict[int, list[str]] = {}
        self.of_mention: dict[int, list[tuple[int, str]]] = {}
        for (a, k), rule in linked.items():
            if mentions[k].counted and rule not in BESIDE:
                self.of_trigger.setdefault(a, []).append(rule)
            if rule not in BESIDE:
                self.of_mention.setdefault(k, []).append((a, rule))

    def features(self, a: int, k: int, rule: str) -> list[str]:
        tree, t, m = self.tree, self.found[a], self.mentions[k]
        sense, i = t.sense, t.i
        entity = tree.ent_type[m.noun] if m.noun is not None else ""
        noun = noun_class(tree.text[m.noun], entity) if m.noun is not None else "bare"
        people = noun if noun in ("thing", "bare", "name", "personlike") else "people"
        if people == "name" and entity in ("GPE", "LOC", "FAC", "DATE", "ORG"):
            people = "entity"
        if entity:
            noun = f"{noun}:{entity}"
        main = rule.split("+")[0]
        link = "" if not rule else "beside" if main in BESIDE else "rule"
        kind = f"{sense.role}:{sense.outcome}"
        out = [
            f"kind={kind}",
            f"kind={kind}&noun={noun}",
            f"lemma={sense.lemma}",
            f"form={m.form}",
            f"noun={noun}",
            f"rule={rule}",
            f"rule={rule}&people={people}",
            f"rule={main}&form={m.form}",
            f"rule={main}&lemma={sense.lemma}",
            f"role={sense.role}&form={m.form}&people={people}",
            f"lemma={sense.lemma}&people={people}",
            f"tag={tree.tag[i]}&rule={main}",
        ]
        if m.noun is not None and people in ("thing", "personlike"):
            out.append(f"thing={tree.lower[m.noun]}")
        path = self._path(i, m.head)
        out += [f"path={path}", f"role={sense.role}&path={path}&people={people}"]
        out += self._linear(t, m, people, sense.role)
        others = [r for b, r in self.of_mention.get(k, []) if b != a]
        same = [r for b, r in self.of_mention.get(k, []) if b != a and self.found[b].sense.outcome == sense.outcome]
        roles_of_others = sorted({self.found[b].sense.role for b, _ in self.of_mention.get(k, []) if b != a})
        out.append(f"linked={link}&others={len(others) > 0}&same={len(same) > 0}")
        out.append(f"role={sense.role}&linked={link}&other_roles={' '.join(roles_of_others)}")
        filled = [r for r in self.of_trigger.get(a, []) if r != "self"]
        out.append(f"linked={link}&filled={len(filled) > 0}&form={m.form}&people={people}")
        out += self._company(a, k, link, sense.role, people)
        out += self._neighbours(t, m, sense.role)
        out += self._around(t, link, main, m, people)
        if sense.role in ("life", "people", "toll", "event", "lose"):
            verb = i if sense.role == "lose" else tree.head[i]
            out.append(f"role={sense.role}&verb={tree.lemma[verb]}&form={m.form in ('number', 'bare', 'range')}")
            if sense.role == "lose":
                out += self._loser(i, m)
        if sense.outcome == "captured" and sense.role == "act":
            subject = tree.subject(i) if not tree.is_passive(i) else tree.child(i, "obl:agent")
            out.append(f"lemma={sense.lemma}&by={tree.lower[subject] if subject is not None else ''}")
        if m.quantity.value == 0:
            out.append(f"none&rule={main}&role={sense.role}")
        return out

    def _company(self, a: int, k: int, link: str, role: str, people: str) -> list[str]:
        """How the groups beside this one stand to the trigger: rows ("two soldiers, a boy") and parts ("among them")."""
        out = []
        row = self.chain.get(k, ())
        if row:
            linked = any((a, j) in self.linked for j in row)
            out.append(f"row&linked={linked}&rule={link}&role={role}")
        part = part_mark(self.tree, self.mentions[k], self.start)
        if part:
            whole = next(
                (j for start, j in reversed(self.order) if start < self.mentions[k].start and j not in row), None
            )
            told = whole is not None and (a, whole) in self.linked
            other = whole is not None and any(j == whole and b != a for b, j in self.linked)
            out += [
                f"part={part}",
                f"part&linked={told}&other={other}&rule={link}",
                f"part&linked={told}&people={people}",
            ]
        return out

    def _around(self, t: Trigger, link: str, main: str, m: Mention, people: str) -> list[str]:
        """The words at both sides of the trigger, the clause above it and who acts."""
        tree, i = self.tree, t.i
        up = tree.head[i]
        above = tree.lemma[up] if up != i and tree.pos[up] in ("VERB", "NOUN") else ""
        last = tree.lower[t.start - 1] if t.start > self.start else "<s>"
        following = _coarse(tree, t.end) if t.end < self.end else "</s>"
        out = [
            f"above={above}&role={t.sense.role}&linked={link}",
            f"word_before={last if last in CLOSED or last in AUXILIARIES else tree.tag[t.start - 1][:2]}&rule={main}",
            f"word_after={following}&rule={main}",
            f"word_after={following}&linked={link}&form={m.form}",
            f"rule={main}&form={m.form}&people={people}",
            f"rule={main}&tag={tree.tag[i]}&people={people}",
        ]
        if t.sense.role == "act":
            subject = tree.child(i, "nsubj")
            out.append(f"acts={noun_class(tree.text[subject], '') if subject is not None else 'none'}&rule={main}")
        return out

    def _loser(self, i: int, m: Mention) -> list[str]:
        """Who loses, and whether war is spoken of: a team loses four as an army does."""
        tree = self.tree
        subject = tree.subject(i)
        who = "none"
        if subject is not None:
            entity = tree.ent_type[subject] if subject < len(tree.ent_type) else ""
            who = people_class(tree.lower[subject]) or entity or tree.pos[subject]
        war = any(tree.lower[k] in WAR_WORDS for k in range(max(0, i - WAR_DISTANCE), min(len(tree), i + WAR_DISTANCE)))
        after = _coarse(tree, m.end) if m.end < self.end else "</s>"
        return [
            f"loser={who}&form={m.form}",
            f"lose&war={war}&form={m.form}",
            f"lose&war={war}&next={after}",
            f"lose&war={war}",
        ]

    def _neighbours(self, t: Trigger, m: Mention, role: str) -> list[str]:
        """Who stands nearer: headlines run "10 killed 15 injured" together, parentheses push subject and verb apart."""
        before = m.end <= t.start
        ahead, behind = m.end in self.starts, m.start in self.ends
        own = t.start in self.mention_ends if not before else t.end in self.mention_starts
        out = []
        if m.counted:
            side = "before" if before else "after"
            out.append(f"side={side}&role={role}&ahead={ahead}&behind={behind}&own={own}")
        return out

    def _path(self, i: int, j: int) -> str:
        """Relations up from the trigger and down to the group."""
        tree = self.tree
        if i == j:
            return "="
        up: dict[int, int] = {i: 0}
        chain = [i]
        while tree.head[chain[-1]] != chain[-1] and len(chain) <= LONGEST_PATH:
            up[tree.head[chain[-1]]] = len(chain)
            chain.append(tree.head[chain[-1]])
        down = []
        k = j
        while k not in up:
            down.append(tree.role[k])
            if tree.head[k] == k or len(down) > LONGEST_PATH:
                return "far"
            k = tree.head[k]
        ups = [tree.role[c] for c in chain[: up[k]]]
        if len(ups) + len(down) > LONGEST_PATH:
            return "far"
        return "^".join(ups) + "|" + ">".join(reversed(down))

    def _linear(self, t: Trigger, m: Mention, people: str, role: str) -> list[str]:
        tree = self.tree
        before = m.end <= t.start
        low, high = (m.end, t.start) if before else (t.end, m.start)
        inside = not before and m.start < t.end
        side = "in" if inside else "before" if before else "after"
        between = list(range(low, max(low, high)))
        gap = len(between)
        bucket = gap if gap <= 3 else 5 if gap <= 6 else 10 if gap <= 12 else 20 if gap <= 20 else 40
        crossed = sum(k in self.trigger_at for k in between)
        counted = sum(k in self.mention_starts for k in between)
        verbs = sum(
            tree.tag[k].startswith("VB") and tree.lower[k] not in AUXILIARIES and k not in self.trigger_at
            for k in between
        )
        commas = sum(tree.lower[k] in (",", ";", ":", "--") for k in between)
        out = [
            f"side={side}&gap={bucket}&role={role}",
            f"side={side}&crossed={min(crossed, 2)}&counted={min(counted, 2)}&role={role}",
            f"side={side}&verbs={min(verbs, 2)}&people={people}&role={role}",
            f"side={side}&commas={min(commas, 2)}&crossed={min(crossed, 1)}",
        ]
        if gap <= 4:
            words = " ".join(_coarse(tree, k) for k in between)
            out.append(f"side={side}&between={words}&role={role}&people={people}")
        prev = tree.lower[m.start - 1] if m.start > self.start else "<s>"
        after = m.end if m.end < self.end else None
        following = "</s>" if after is None else "TRIGGER" if after in self.trigger_at else _coarse(tree, after)
        out += [
            f"side={side}&prev={_coarse(tree, m.start - 1) if m.start > self.start else '<s>'}&role={role}",
            f"prev={prev if prev in CLOSED else '*'}&side={side}&people={people}",
            f"side={side}&next={following}&people={people}",
        ]
        if not before and not inside and not crossed and not counted:
            out.append(f"first_after&people={people}&role={role}&verbs={min(verbs, 1)}")
        if before and not crossed and not counted:
            out.append(f"last_before&people={people}&role={role}&verbs={min(verbs, 1)}")
        if t.i + 1 < self.end and tree.lower[t.i - 1] in AUXILIARIES:
            out.append(f"aux&side={side}&role={role}")
        if tree.lower[t.end : t.end + 1] == ["by"]:
            out.append(f"by&side={side}")
        return out


def rows_of(tree: Tree, mentions: Sequence[Mention]) -> dict[int, tuple[int, ...]]:
    """For each counted group the groups of the same row: only commas and conjunctions stand between them."""
    order = sorted((m.start, m.end, k) for k, m in enumerate(mentions) if m.noun is not None or m.counted)
    chains: dict[int, tuple[int, ...]] = {}
    row: list[int] = []
    last_end = -1
    for start, end, k in order:
        between = range(last_end, start) if last_end >= 0 else range(0)
        joined = (
            bool(row) and start >= last_end and start - last_end <= 2 and all(tree.lower[j] in JOINTS for j in between)
        )
        if joined:
            row.append(k)
        else:
            row = [k]
        last_end = max(end, last_end)
        for j in row:
            chains[j] = tuple(r for r in row if r != j)
    return chains


def part_mark(tree: Tree, m: Mention, start: int) -> str:
    """The words that make a group part of one told before: "including", "among them", "of whom"; "" if none do."""
    if tree.lower[m.end : m.end + 2] in (["of", "them"], ["among", "them"], ["of", "whom"]):
        return "them_after"
    if tree.lower[m.end - 1 : m.end + 1] in (["of", "them"], ["of", "whom"]):
        return "them_after"
    before = tree.lower[max(start, m.start - 3) : m.start]
    if before[-2:] in (["among", "them"], ["of", "them"], ["among", "whom"], ["of", "whom"]):
        return "them_before"
    if before[-2:] in (["along", "with"], ["together", "with"], ["well", "as"]):
        return "along"
    return "including" if "including" in before else "among" if "among" in before else ""


def _coarse(tree: Tree, k: int) -> str:
    word = tree.lower[k]
    if word in CLOSED or word in AUXILIARIES:
        return word
    if word in SAYING:
        return "SAY"
    if word in SENSES:
        return f"T:{SENSES[word].role}"
    if word in CALENDAR:
        return "CAL"
    tag = tree.tag[k]
    if tree.is_space[k]:
        return "_"
    return tag[:2]
