"""Who and what the generated stories are about: names, families, animals, places and things that fit each other."""
import random

GIRLS = ["Lily"] * 8 + """Lucy Lucy Jane Sarah Sue Daisy Amy Sally Molly Mary Anna Mia Emma Emily Jill Alice Grace Lisa Sophie Rosie Kate Lola Ella Ann
Bella Jenny Polly Susie Betty Annie Zoe Sara Rachel Lila""".split()
BOYS = ["Timmy", "Tim"] * 3 + """Tom Tom Jack Jack Max Max Bob Joe John Benny Sam Ben Billy Andy Pete Jake Fred Bobby Sammy Bill Frank Jim Joey George Alex Peter
Danny Jimmy Leo Tommy Johnny Mark Dan Charlie Mike""".split()
ANIMAL_NAMES = {"she": "Daisy Molly Lola Rosie Bella Ruby Kitty Polly Mimi Lulu Lucy Mia Penny Honey Dotty Millie".split(),
                "he": "Benny Max Sam Charlie Teddy Leo Toby Oliver Bobo Remy Billy Oscar Freddy Bruno Tiny Felix".split()}
KINDS = "rabbit mouse squirrel hedgehog fox bear frog turtle monkey pig cat dog lion duck deer bunny".split()
FRIENDS = "rabbit mouse squirrel hedgehog frog turtle pig duck deer beaver mole goat badger".split()
PRONOUNS = {"she": dict(he="she", his="her", him="her", himself="herself", girl="girl", royal="princess", bro="sister"),
            "he": dict(he="he", his="his", him="him", himself="himself", girl="boy", royal="prince", bro="brother")}
CARERS = {"mom": "she", "dad": "he", "grandma": "she", "grandpa": "he"}
CARER_CHOICE = ["mom"] * 9 + ["dad"] * 6 + ["grandma"] * 2 + ["grandpa"] * 2

SIMPLE = {
    "adj": "kind happy brave clever shy young small curious cheerful friendly sweet funny good nice".split(),
    "trait": "kind happy brave clever shy curious cheerful friendly sweet funny good nice".split(),
    "little": ["little"] * 8 + ["small", "young"],
    "town": ["small town", "big town", "little village", "quiet village", "big city", "small town near the sea", "village near the mountains"],
    "house": ["small house", "little house", "big house", "red house", "yellow house", "white house", "cozy house"],
    "forest": ["big forest", "green forest", "forest", "deep forest", "quiet forest", "beautiful forest"],
    "vehicle": ["truck", "truck", "blue truck", "green truck", "tractor"],
}
LIKES = ["play outside", "play with {his} toys", "draw pictures", "sing songs", "read books", "run and jump", "play in the garden", "look at the clouds",
         "tell funny stories", "dance in the kitchen", "help {his} {mom}", "go to the park", "learn new things", "make people laugh", "climb trees",
         "look for bugs in the grass", "ride {his} bike", "play in the sand", "paint with bright colors", "listen to stories"]
BOTH_LIKE = ["play outside", "draw pictures", "sing songs", "run and jump", "tell funny stories", "climb trees", "play games", "ride their bikes",
             "look for bugs", "play in the sand"]
ANIMAL_LIKES = ["play in the grass", "run through the forest", "sing songs", "look for berries", "sleep in the sun", "splash in the water",
                "play with leaves", "tell stories", "jump over stones", "look at the stars"]


def painted(nouns: str, adjectives: str) -> list[tuple[str, str]]:
    """Things with an adjective, and without: (`red ball`, `ball`)."""
    return [(f"{adjective} {noun}", noun) for noun in nouns.split(", ") for adjective in adjectives.split()]


POOLS = {"toy": painted("ball, kite, toy car, toy boat, toy train", "red blue green yellow big shiny")
         + painted("doll, teddy bear, puppet", "little soft pretty") + painted("drum, toy robot, spinning top", "small shiny")}


def person(who: str, name: str, prefix: str = "") -> dict[str, str]:
    """A person's words: `he`, `his`, `him`, `girl` …, each behind `prefix`."""
    return {prefix + key: value for key, value in PRONOUNS[who].items()} | {"F" if prefix else "N": name}


def cast(hero: str, r: random.Random, carers: list[str] | None = None, kinds: list[str] | None = None) -> dict[str, str]:
    """The words of a story's people: a hero (N), a friend of another name (F), somebody who cares (mom)."""
    who, friend = r.choice(["she", "he"]), r.choice(["she", "he"])
    names = {"she": GIRLS, "he": BOYS} if hero in ("child", "two", "royal") else ANIMAL_NAMES
    name, other = r.choice(names[who]), r.choice(names[friend])
    while other == name or other in name or name in other:
        other = r.choice(names[friend])
    words = person(who, name) | person(friend, other, "f")
    carer = r.choice(carers or CARER_CHOICE)
    words |= {"mom": carer, "Mom": carer.capitalize()} | {"m" + key: value for key, value in PRONOUNS[CARERS[carer]].items()}
    words["kind"] = r.choice(kinds or KINDS)
    words["fkind"] = r.choice([kind for kind in FRIENDS if kind != words["kind"]])
    words |= {key: r.choice(values) for key, values in SIMPLE.items()}
    words["do"], words["do2"] = r.sample(BOTH_LIKE if hero == "two" else LIKES, 2)
    words["play"], words["play2"] = r.sample(ANIMAL_LIKES, 2)
    return words
