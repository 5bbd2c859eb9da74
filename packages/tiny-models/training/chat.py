"""Writes conversations in ChatML for `tales-chat`: questions on the tables, greetings, requests for stories."""
import random
import re

import numpy as np

import tables as t
from batches import IGNORE, LENGTH, Document, without_labels
from facts import article, cap

SYSTEMS = ["You are a helpful assistant.", "You are a friendly helper.", "Answer in short sentences."]
Pair = tuple[str, str]
ABOUT = "I am tales-chat, a very small language model. I know a few simple facts and I can tell short stories."
SMALL_TALK: list[tuple[list[str], list[str]]] = [
    (["Hello!", "Hi!", "Hello", "Hi there!", "Good morning!", "Hey!"], ["Hello! How can I help you?", "Hello! It is nice to meet you."]),
    (["Who are you?", "What are you?", "Tell me about yourself.", "What is your name?", "Are you a robot?"], [ABOUT]),
    (["How are you?", "How are you today?", "Are you well?"], ["I am fine, thank you. How are you?"]),
    (["Thank you!", "Thanks!", "Thank you very much."], ["You are welcome!"]),
    (["Goodbye!", "Bye!", "Good night!", "See you!"], ["Goodbye! Have a nice day."]),
    (["What can you do?", "How can you help me?", "Help"], ["I can answer simple questions and tell short stories."]),
    (["What is the weather today?", "Who won the match?", "What is the news?", "How old is my mom?", "What time is it?",
      "Where do I live?", "What is the meaning of life?", "Who wrote this book?"], ["I am sorry, I do not know that. I am a very small model."]),
]


def question(r: random.Random) -> Pair:
    """One question of many wordings, and its answer."""
    pick = r.randrange(14)
    if pick == 0:
        country = r.choice(list(t.CAPITALS))
        return r.choice([f"What is the capital of {country}?", f"What's the capital of {country}?", f"Tell me the capital of {country}.",
                         f"What is the capital city of {country}?", f"Which city is the capital of {country}?", f"capital of {country}?"]), \
            f"The capital of {country} is {t.CAPITALS[country]}."
    if pick == 1:
        thing = r.choice(list(t.COLOURS))
        return r.choice([f"What colour is {thing}?", f"What color is {thing}?", f"Tell me the colour of {thing}.", f"Which colour is {thing}?"]), \
            f"{cap(thing)} is {t.COLOURS[thing]}."
    if pick == 2:
        a, b = r.choice(t.OPPOSITES)
        a, b = (a, b) if r.random() < 0.5 else (b, a)
        return r.choice([f"What is the opposite of {a}?", f"Tell me the opposite of {a}.", f"Opposite of {a}?", f"What is the opposite of the word {a}?"]), \
            f"The opposite of {a} is {b}."
    if pick == 3:
        animal = r.choice(list(t.SOUNDS))
        return r.choice([f"What does {article(animal)} say?", f"What sound does {article(animal)} make?", f"What does the {animal} say?"]), \
            f"{cap(article(animal))} says {t.SOUNDS[animal]}."
    if pick == 4:
        names, word = r.choice([(t.DAYS, "day"), (t.DAYS, "day"), (t.MONTHS, "month")])
        i = r.randrange(len(names))
        after, before = names[(i + 1) % len(names)], names[i - 1]
        return r.choice([(f"What {word} comes after {names[i]}?", f"{after} comes after {names[i]}."),
                         (f"Which {word} comes after {names[i]}?", f"{after} comes after {names[i]}."),
                         (f"What is the {word} after {names[i]}?", f"The {word} after {names[i]} is {after}."),
                         (f"What {word} comes before {names[i]}?", f"{before} comes before {names[i]}.")])
    if pick in (5, 6, 7):
        a, b = (r.randrange(0, 6), r.randrange(0, 6)) if r.random() < 0.6 else (r.randrange(0, 11), r.randrange(0, 11))
        high, low = max(a, b), min(a, b)
        return r.choice([(f"What is {a} + {b}?", f"{a} + {b} = {a + b}")] * 2 + [(f"{a} + {b}", f"{a} + {b} = {a + b}"),
                         (f"{a} + {b} = ?", f"{a} + {b} = {a + b}"), (f"What is {a} plus {b}?", f"{a} plus {b} is {a + b}."),
                         (f"How much is {a} + {b}?", f"{a} + {b} = {a + b}"), (f"What is {high} - {low}?", f"{high} - {low} = {high - low}"),
                         (f"What is {t.NUMBERS[a]} plus {t.NUMBERS[b]}?", f"{cap(t.NUMBERS[a])} plus {t.NUMBERS[b]} is {t.NUMBERS[a + b]}.")])
    if pick == 8:
        animal = r.choice(list(t.LEGS))
        legs = t.NUMBERS[t.LEGS[animal]] if t.LEGS[animal] else "no"
        return f"How many legs does {article(animal)} have?", f"{cap(article(animal))} has {legs} legs."
    if pick == 9:
        table = r.randrange(4)
        if table == 0:
            animal = r.choice(list(t.BABIES))
            return r.choice([f"What is a baby {animal} called?", f"What do you call a baby {animal}?"]), f"A baby {animal} is called a {t.BABIES[animal]}."
        if table == 1:
            animal = r.choice(list(t.HOMES))
            return f"Where does {article(animal)} live?", f"{cap(article(animal))} lives in {t.HOMES[animal]}."
        if table == 2:
            animal = r.choice(list(t.FOODS))
            return f"What does {animal} eat?", f"{cap(animal)} eats {t.FOODS[animal]}."
        giver = r.choice(["bees", "spiders"])
        return f"What do {giver} make?", f"{cap(giver)} make {t.GIVERS[giver]}."
    if pick == 10:
        group = r.choice(list(t.KINDS))
        some = r.sample(t.KINDS[group], 3)
        other = r.choice([g for g in t.KINDS if g != group])
        yes = r.random() < 0.5
        named = cap(article(some[0])) if group != "colour" else cap(some[0])
        asked = named[0].lower() + named[1:]
        if r.random() < 0.5:
            return r.choice([f"Name three {group}s.", f"Tell me three {group}s."]), f"{cap(some[0])}, {some[1]} and {some[2]}."
        if {group, other} == {"bird", "animal"}:
            yes = True
        return f"Is {asked} {article(group if yes else other)}?", f"Yes, {asked} is {article(group)}." if yes else f"No, {asked} is {article(group)}."
    if pick == 11:
        start, end = r.randrange(0, 4), r.randrange(4, 11)
        n = r.randrange(0, 19)
        spelled = ", ".join(t.NUMBERS[start : end + 1])
        return r.choice([(f"Count from {start} to {end}.", ", ".join(map(str, range(start, end + 1)))),
                         (f"Count to {end}.", ", ".join(map(str, range(1, end + 1)))),
                         (f"Count from {t.NUMBERS[start]} to {t.NUMBERS[end]}.", f"{cap(spelled)}."),
                         (f"What number comes after {n}?", f"{n + 1} comes after {n}."),
                         (f"What number comes after {t.NUMBERS[n]}?", f"{cap(t.NUMBERS[n + 1])} comes after {t.NUMBERS[n]}.")])
    if pick == 12:
        name = r.choice(t.GIRLS + t.BOYS)
        fruit = r.choice(t.KINDS["fruit"])
        return r.choice([(f"Say hello to {name}.", f"Hello, {name}!"), (f"My name is {name}.", f"Hello, {name}! It is nice to meet you."),
                         (f"Say the word {fruit}.", f"{cap(fruit)}."), (f"Say {fruit} two times.", f"{cap(fruit)} {fruit}."),
                         ("What are the days of the week?", ", ".join(t.DAYS[:-1]) + " and Sunday."),
                         ("Name the four seasons.", "Spring, summer, autumn and winter."), ("How many days has a week?", "A week has seven days."),
                         ("How many days are in a week?", "A week has seven days."), ("How many months are in a year?", "A year has twelve months."),
                         ("Is fire hot or cold?", "Fire is hot."), ("Is ice hot or cold?", "Ice is cold.")])
    asks, answers = r.choice(SMALL_TALK)
    return r.choice(asks), r.choice(answers)


def story_requests(stories: list[str]) -> list[Pair]:
    """Requests for the shorter stories, named by their hero."""
    pairs = []
    for story in stories:
        hero = re.search(r"\ba (?:[a-z]+ )?(girl|boy|dog|cat|bird|bear|bunny|rabbit|fish|mouse|frog|lion|duck|cow|car|tree|man|bee|fox|pig|owl|squirrel|hedgehog|turtle|monkey|deer|truck|train) (?:named|called) ([A-Z][a-z]+)", story[:250])
        if hero and len(story) < 1100 and story[-1] in '."!':
            kind, name = hero.groups()
            pairs.append((kind, name, story))
    return [(f"a {kind} named {name}", kind, story) for kind, name, story in pairs]


def story(r: random.Random, requests: list) -> Pair:
    """A wish for a story, and a story that fits it."""
    full, kind, text = r.choice(requests)
    hero = r.choice([full, f"a {kind}"])
    return r.choice([f"Tell me a story about {hero}.", f"Tell me a short story about {hero}.", f"Write a story about {hero}.", f"Tell me a story about {hero}",
                     "Tell me a story.", f"Can you tell me a story about {hero}?"]), text


def conversation(tokenizer, turns: list[Pair], system: str | None) -> Document:
    """ChatML ids whose loss counts on the answers and their end token alone."""
    ids: list[int] = []
    counted: list[bool] = []

    def add(text: str, count: bool) -> None:
        part = tokenizer.encode(text).ids
        ids.extend(part)
        counted.extend([count] * len(part))

    if system:
        add(f"<|im_start|>system\n{system}<|im_end|>\n", False)
    for asked, answer in turns:
        add(f"<|im_start|>user\n{asked}<|im_end|>\n<|im_start|>assistant\n", False)
        add(f"{answer}<|im_end|>", True)
        add("\n", False)
    tokens = np.array(ids[: LENGTH + 1])
    return without_labels(tokens, np.where(counted[: LENGTH + 1], tokens, IGNORE))


def conversations(tokenizer, stories: list[str], count: int, seed: int, told: float = 0.12) -> list[Document]:
    """`count` conversations of one to three turns; a share `told` of them asks for a story."""
    r, requests = random.Random(seed), story_requests(stories)
    out = []
    for _ in range(count):
        system = r.choice(SYSTEMS) if r.random() < 0.3 else None
        turns = [story(r, requests)] if r.random() < told else [question(r) for _ in range(r.choice([1, 1, 2, 3]))]
        out.append(conversation(tokenizer, turns, system))
    return out
