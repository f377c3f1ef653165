"""Inside of `tone`: one module a measure, each from the words of a sentence to what they add to the score.

A module offers `find(tokens) -> list[Found]`: tokens of one sentence go in, every word or phrase that moves
its measure comes out, with offsets into the sentence, the weight it adds to the score and the rule that says
why. `tone` adds the weights up, so a sentence's score is the sum of its rows, and nothing else.
"""
