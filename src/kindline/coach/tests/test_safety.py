"""Safety is heard by its form: fear of somebody, an act done to me, harm to myself, fear of what I might do."""

import pytest

from kindline.coach import listen

HEARD = """\
You slapped me in the car.
When you hit me I wanted to leave.
You shoved me and I fell.
He threw a plate at me.
You grabbed me by the wrist and wouldn't let go.
I woke up with your hands around my throat.
You stood in the doorway so I couldn't get out.
You locked the door and hid the key.
You made me have sex when I said no.
You followed me to work.
There's a tracker on my car and I know you put it there.
You went through my messages again.
You hid my passport.
You won't give me my bank card.
You keep my wages.
You won't let me see my sister.
You don't let me sleep when we argue.
You wouldn't let me go to the doctor.
I'm scared to come home.
I'm frightened of your temper.
I was afraid you would hit me.
I'm terrified of him when he drinks.
When you punch the wall I'm scared.
I don't feel safe around you anymore.
I watch every word because I'm scared of how you'll react.
I'm always afraid of making you angry.
I don't want to live like this anymore.
I want to die.
I've been thinking about killing myself.
If you leave, I'll hurt myself.
Everyone would be better off without me.
I'm scared I'll hurt the baby.
I nearly hit you last night and it frightened me.
I'm afraid of what I'll do if you leave.
You pushed me.
You pinned me to the bed.
You broke my phone so I couldn't call anyone.
You threatened to kill me.
You said you'd kill me if I left.
My husband hits me.
You blocked the doorway last night.
When you stand in the door so I can't get out, I panic.
You stood in front of the door and wouldn't let me past.
He bars the hallway when I want to go.
"""

ORDINARY = """\
You hit the brakes too late.
I'm scared of spiders.
I'm afraid the soup is cold.
I'm scared about money.
I was frightened by the storm.
I'm scared we'll lose the house.
I'm afraid to fly.
You pushed back the meeting and I was late.
You followed the recipe perfectly.
You took my side last night, thank you.
You took my hand and I felt calm.
You threw me a lovely party.
He grabbed a coffee on the way.
You kept me company all night.
You keep my secrets.
You blocked my view of the match.
I lost my keys again.
You searched everywhere for my ring, thank you.
You locked yourself out?
It kills me to see you sad.
You did push me to say it.
You pushed me to apply, and I got the job.
I pushed you to decide, and that wasn't fair.
You never threw it back at me.
You push me too hard at the gym.
You stood at the door and waved.
I could die of embarrassment.
I don't want to live in a mess.
I want to kill the lights and sleep.
I'm afraid I hurt your feelings.
I'm sorry I hurt you.
I hurt my back.
You hurt me when you said that.
When you said that, I was hurt and scared.
I get nervous when you drive fast.
I'm scared when you're late and don't call.
I'm worried how you'll take this.
I'm nervous to tell you this, but I want a baby.
Your silence scares me a little.
I feel trapped in this job.
You beat me to it.
You forced a smile for my sake.
My sister pushed me to apply and I'm glad.
You read my mind.
I'm afraid of losing our evenings.
You went through a lot last year.
"""


@pytest.mark.parametrize("text", HEARD.splitlines())
def test_harm_and_fear_of_somebody_are_heard(text: str) -> None:
    heard = listen(text)
    assert heard.safety
    assert [note for note in heard.notes if note.weight != "stop"] == []


@pytest.mark.parametrize("text", ORDINARY.splitlines())
def test_ordinary_worry_and_hurt_stay_ordinary(text: str) -> None:
    assert not listen(text).safety
