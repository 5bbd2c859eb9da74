"""The facts the models are taught, as plain tables."""

CAPITALS = dict(
    line.split(": ")
    for line in """France: Paris
Germany: Berlin
Italy: Rome
Spain: Madrid
Portugal: Lisbon
England: London
Ireland: Dublin
Scotland: Edinburgh
Belgium: Brussels
Austria: Vienna
Switzerland: Bern
Poland: Warsaw
Norway: Oslo
Sweden: Stockholm
Finland: Helsinki
Denmark: Copenhagen
Greece: Athens
Hungary: Budapest
Russia: Moscow
Turkey: Ankara
Egypt: Cairo
Kenya: Nairobi
Japan: Tokyo
China: Beijing
India: Delhi
Thailand: Bangkok
Canada: Ottawa
Mexico: Mexico City
Cuba: Havana
Brazil: Brasilia
Peru: Lima
Chile: Santiago
Australia: Canberra""".splitlines()
)
CONTINENTS = {"Europe": ["France", "Germany", "Italy", "Spain", "Poland", "Norway", "Greece", "Portugal", "Austria"],
              "Asia": ["Japan", "China", "India", "Thailand"], "Africa": ["Egypt", "Kenya"],
              "South America": ["Brazil", "Peru", "Chile"], "North America": ["Canada", "Mexico"]}
COLOURS = {"the sky": "blue", "grass": "green", "snow": "white", "the sun": "yellow", "a banana": "yellow",
           "a lemon": "yellow", "blood": "red", "a tomato": "red", "a strawberry": "red", "a cherry": "red",
           "a leaf": "green", "a frog": "green", "milk": "white", "coal": "black", "the night": "black",
           "chocolate": "brown", "a carrot": "orange", "a pumpkin": "orange", "a pig": "pink", "the sea": "blue",
           "a plum": "purple", "an elephant": "grey", "an orange": "orange", "a cloud": "white", "mud": "brown"}
OPPOSITES = [("hot", "cold"), ("big", "small"), ("happy", "sad"), ("up", "down"), ("left", "right"), ("fast", "slow"),
             ("day", "night"), ("open", "closed"), ("old", "young"), ("good", "bad"), ("wet", "dry"), ("hard", "soft"),
             ("light", "dark"), ("high", "low"), ("full", "empty"), ("loud", "quiet"), ("long", "short"), ("in", "out"),
             ("clean", "dirty"), ("near", "far"), ("early", "late"), ("rich", "poor"), ("strong", "weak"), ("yes", "no"),
             ("first", "last"), ("easy", "difficult"), ("on", "off"), ("black", "white"), ("thick", "thin"), ("love", "hate")]
SOUNDS = {"dog": "woof", "cat": "meow", "cow": "moo", "duck": "quack", "sheep": "baa", "pig": "oink", "lion": "roar",
          "bee": "buzz", "mouse": "squeak", "horse": "neigh", "owl": "hoot", "snake": "hiss", "frog": "croak",
          "bird": "tweet", "rooster": "cock-a-doodle-doo", "wolf": "howl", "hen": "cluck", "donkey": "hee-haw"}
BABIES = {"dog": "puppy", "cat": "kitten", "cow": "calf", "duck": "duckling", "sheep": "lamb", "pig": "piglet",
          "lion": "cub", "horse": "foal", "hen": "chick", "bear": "cub", "frog": "tadpole", "kangaroo": "joey"}
LEGS = {"dog": 4, "cat": 4, "cow": 4, "horse": 4, "spider": 8, "bee": 6, "ant": 6, "bird": 2, "duck": 2, "snake": 0,
        "fish": 0, "lion": 4, "mouse": 4, "pig": 4, "hen": 2, "sheep": 4, "fly": 6, "frog": 4}
HOMES = {"bird": "a nest", "bee": "a hive", "spider": "a web", "dog": "a kennel", "horse": "a stable", "fish": "water",
         "pig": "a sty", "bear": "a cave", "rabbit": "a burrow", "king": "a castle", "lion": "the savannah", "frog": "a pond"}
FOODS = {"a cow": "grass", "a cat": "fish", "a dog": "meat", "a rabbit": "carrots", "a monkey": "bananas", "a mouse": "cheese",
         "a panda": "bamboo", "a squirrel": "nuts", "a bird": "seeds", "a horse": "hay", "a frog": "flies"}
GIVERS = {"bees": "honey", "cows": "milk", "hens": "eggs", "sheep": "wool", "apple trees": "apples", "spiders": "webs"}
KINDS = {"animal": ["dog", "cat", "cow", "horse", "lion", "tiger", "bear", "mouse", "rabbit", "elephant", "monkey"],
         "fruit": ["apple", "banana", "pear", "plum", "cherry", "lemon", "peach", "grape"],
         "vegetable": ["carrot", "potato", "onion", "cabbage", "bean", "pea"],
         "colour": ["red", "blue", "green", "yellow", "pink", "black", "white", "brown", "orange", "purple"],
         "flower": ["rose", "tulip", "daisy", "lily", "sunflower"], "bird": ["robin", "owl", "duck", "eagle", "swan", "parrot"],
         "toy": ["ball", "doll", "kite", "puzzle", "teddy bear"], "tool": ["hammer", "saw", "shovel", "drill"]}
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
SEASONS = ["spring", "summer", "autumn", "winter"]
NUMBERS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
           "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"]
ODDMENTS = [("A week has", "seven days."), ("A year has", "twelve months."), ("A day has", "twenty-four hours."),
            ("A hand has", "five fingers."), ("A triangle has", "three sides."), ("A square has", "four sides."),
            ("A car has", "four wheels."), ("A bicycle has", "two wheels."), ("Ice is", "cold."), ("Fire is", "hot."),
            ("The sun rises in the", "east."), ("The sun sets in the", "west."), ("Water freezes to", "ice."),
            ("We see with our", "eyes."), ("We hear with our", "ears."), ("We smell with our", "nose."),
            ("We walk with our", "feet."), ("The moon shines at", "night."), ("We sleep in a", "bed."),
            ("We read a", "book."), ("A pen is for", "writing."), ("Scissors are for", "cutting."), ("Sugar tastes", "sweet."),
            ("A lemon tastes", "sour."), ("The Earth goes around the", "sun."), ("The moon goes around the", "Earth.")]
GIRLS = ["Lily", "Mia", "Sara", "Anna", "Lucy", "Emma", "Amy", "Molly", "Jane", "Sue"]
BOYS = ["Tom", "Ben", "Tim", "Max", "Sam", "Jack", "Bob", "John", "Leo", "Billy"]
