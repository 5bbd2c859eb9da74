"""Writes short dialogues, in which two children ask and answer what the tables hold."""
import random

import tables as t
from facts import article, cap


def exchange(r: random.Random) -> tuple[str, str]:
    """A question and its answer in a full sentence."""
    pick = r.randrange(9)
    if pick == 0:
        country = r.choice(list(t.CAPITALS))
        return f"What is the capital of {country}?", f"The capital of {country} is {t.CAPITALS[country]}."
    if pick == 1:
        thing = r.choice(list(t.COLOURS))
        return f"What colour is {thing}?", f"{cap(thing)} is {t.COLOURS[thing]}."
    if pick == 2:
        a, b = r.choice(t.OPPOSITES)
        return f"What is the opposite of {a}?", f"The opposite of {a} is {b}."
    if pick == 3:
        animal = r.choice(list(t.SOUNDS))
        return f"What does {article(animal)} say?", f"{cap(article(animal))} says {t.SOUNDS[animal]}."
    if pick == 4:
        i = r.randrange(7)
        return f"What day comes after {t.DAYS[i]}?", f"{t.DAYS[(i + 1) % 7]} comes after {t.DAYS[i]}."
    if pick == 5:
        a, b = r.randrange(1, 8), r.randrange(1, 8)
        return f"What is {t.NUMBERS[a]} plus {t.NUMBERS[b]}?", f"It is {t.NUMBERS[a + b]}."
    if pick == 6:
        animal = r.choice(list(t.LEGS))
        legs = t.NUMBERS[t.LEGS[animal]] if t.LEGS[animal] else "no"
        return f"How many legs does {article(animal)} have?", f"{cap(article(animal))} has {legs} legs."
    if pick == 7:
        food = r.choice(t.KINDS["fruit"] + t.KINDS["vegetable"])
        return f"Do you like to eat {article(food)}?", r.choice(["Yes, I do. It is very good.", "No, I do not like it.", "Yes, I love it!"])
    return r.choice([("How are you?", "I am fine, thank you."), ("What is your favourite colour?", f"I like {r.choice(t.KINDS['colour'])}."),
                     ("Do you want to play?", "Yes, let's play!"), ("What are you doing?", f"I am playing with my {r.choice(t.KINDS['toy'])}."),
                     ("Can you help me?", "Yes, of course I can.")])


def told(r: random.Random, a: str, b: str) -> str:
    """The dialogue as a story tells it."""
    question, answer = exchange(r)
    spoken = answer[:-1] + "," if answer.endswith(".") else answer
    return r.choice([f'"{question}" asked {a}. "{spoken}" said {b}.', f'{a} asked {b}, "{question}" {b} said, "{answer}"',
                     f'{a} said, "{question}"\n"{spoken}" said {b}.'])


def scripted(r: random.Random, a: str, b: str) -> str:
    """The dialogue as a script."""
    lines = [f"{a}: {r.choice(['Hello', 'Hi', 'Good morning'])}, {b}!", f"{b}: {r.choice(['Hello', 'Hi', 'Good morning'])}, {a}!"]
    for _ in range(r.randrange(1, 4)):
        question, answer = exchange(r)
        lines += [f"{a}: {question}", f"{b}: {answer}"]
        if r.random() < 0.4:
            a, b = b, a
    lines += r.choice([[f"{a}: Thank you!", f"{b}: You are welcome."], [f"{a}: Goodbye, {b}!", f"{b}: Bye, {a}!"], []])
    return "\n".join(lines)


def documents(count: int, seed: int) -> list[str]:
    """`count` short dialogues."""
    r = random.Random(seed)
    out = []
    for _ in range(count):
        a, b = r.sample(t.GIRLS + t.BOYS, 2)
        out.append(scripted(r, a, b) if r.random() < 0.5 else " ".join(told(r, a, b) for _ in range(r.randrange(1, 4))))
    return out
