"""Sorts of words that decide how a sentence can be told: what can be asked for, what can be minded, what is felt."""

ASKS_TO = (
    ("beyond", "you", "to"), ("kill", "you", "to"), ("too", "much", "to", "ask", "you", "to"),
    ("too", "much", "to", "ask", "to"), ("you", "least", "to"), ("the", "least", "you", "could", "do", "is"),
    ("the", "least", "you", "will", "do", "is"), ("the", "least", "you", "can", "do", "is"), ("tell", "you", "to"),
    ("ask", "you", "to"), ("need", "you", "to"), ("want", "you", "to"), ("expect", "you", "to"),
    ("to", "ask", "that", "you"), ("who", "is", "going", "to"), ("who", "is", "meant", "to"),
)  # fmt: skip
ALL_MINE = (
    ("always", "me"), ("left", "to", "me", "to"), ("down", "to", "me", "to"), ("up", "to", "me", "to"),
    ("always", "have", "to"), ("always", "the", "one"), ("am", "the", "one", "who"), ("end", "up"), ("forever",),
)  # fmt: skip
INSIDE = frozenset(
    (
        "dare deserve like enjoy know understand realise realize see care love want admit accept face believe "
        "mean think guess feel hope"
    ).split()
)  # nobody can be asked for these
FELT = {
    "humiliate": "embarrassed", "embarrass": "embarrassed", "shame": "ashamed", "stress": "tense",
    "exhaust": "worn out",
    "annoy": "annoyed", "irritate": "irritated", "drain": "drained", "scare": "scared", "frighten": "scared",
    "infuriate": "furious", "hurt": "hurt", "upset": "upset", "disappoint": "disappointed", "worry": "worried",
    "frustrate": "frustrated", "belittle": "small", "disgust": "angry", "confuse": "confused",
}  # fmt: skip
IN_MIND = frozenset(
    ("care", "love", "want", "see", "understand", "believe", "realise", "realize", "know", "think", "feel")
)
KIN = frozenset(
    (
        "mother father mum mom mam dad daddy sister brother cousin cousins aunt uncle sisters brothers parents "
        "granddad grandad gran grandma grandpa niece nephew"
    ).split()
)  # held up as a measure more often than meant
WHERE = frozenset(("on", "in", "at", "all", "always", "still", "never", "over", "under", "everywhere", "by"))
WELCOME = frozenset(
    ("glad", "flattered", "pleased", "delighted", "grateful", "thankful", "happy", "ashamed", "sorry", "careful")
)
DANGLING = frozenset(("about", "of", "to", "for", "with", "at", "without"))
GIVEN = frozenset(("give", "show", "hand", "unlock", "send", "open", "share", "let"))
PRIVATE = frozenset(
    (
        "diary journal phone password passwords passcode pin location laptop messages texts emails receipts receipt "
        "sex card wallet payslip bank account key keys photos nudes"
    ).split()
)
OF_THE_BODY = frozenset("dress skirt outfit makeup bra heels salad diet weight waist".split())
NO_WRONG = frozenset(
    (
        "decide choose ask try come eat sleep sit speak talk know work read think say tell make let give want need use"
    ).split()
)
NEEDS_A_THING = frozenset(
    ("put", "back", "make", "take", "get", "have", "do", "give", "let", "bring", "set", "hold", "lead")
)
CHORES = frozenset(
    (
        "clean cook wash do make take get hoover vacuum change pick drive shop walk feed put bring fold iron mow empty "
        "plan organise organize book call ring tidy sort carry remember buy pack pay wake stay host look care settle "
        "apologise apologize start initiate reach drop collect fix paint load unload clear wipe mop sweep dry lift"
    ).split()
)
ILL = frozenset("flu cancer ill sick pregnant covid fever stroke".split())
SAID = frozenset(("mention", "say", "tell", "ask", "offer", "promise", "agree"))
LED_TO = frozenset("nightmares headache headaches migraine migraines heartburn panic sleepless".split())
IS = frozenset(("am", "is", "are", "was", "were", "not", "be", "been", "always", "forever", "keep", "keeps"))
BEING = frozenset(("late", "gone", "away", "busy", "quiet", "asleep", "somewhere", "elsewhere", "home", "back", "up"))
VERY = frozenset(("so", "really", "very", "too", "such"))
LOOKED = frozenset(("stupid", "silly", "foolish", "bad", "small", "ridiculous", "weak", "incompetent", "petty"))
FEELINGS = frozenset(
    (
        "stressed tense anxious sad angry nervous furious worried scared afraid lonely tired exhausted ashamed "
        "embarrassed uneasy jealous insecure frustrated miserable unhappy upset uncomfortable small desperate livid"
    ).split()
)
MOST_SPOILT = 4  # words that name what was spoilt
SPOILS = frozenset(("ruin", "wreck", "spoil", "destroy"))
TOO_MUCH = frozenset(("it", "things", "us", "me", "my", "everything", "this"))
FOR_ANY = (("anything", "something"), ("a thing", "something"), ("anyone", "someone"), ("anybody", "somebody"),
            ("any", "some"), ("anywhere", "somewhere"), ("a finger", "a hand"))  # fmt: skip
HELPING = frozenset(("would", "could", "can", "will", "might", "may", "should", "must", "who", "that", "which", "not"))
DETERMINERS = frozenset(("your", "my", "our", "the", "his", "her", "their", "every", "each", "this", "that"))
NO_GUESS = ("you've got a ", "you've got an ", "you'd think", "you would think")  # to have a thing is no guess
