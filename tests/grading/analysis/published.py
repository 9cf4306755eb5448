"""Published data sets with known figures, typed in.

MOODLE: the 25 attempts and 7 slots of quiz 00 of Moodle's own tests
(`mod/quiz/report/statistics/tests/fixtures`, `results00.csv`, `steps00.csv`, `qstats00.csv`); the
figures are those that `stats_from_steps_walkthrough_test.php` asserts, with its tolerances.
KUDER: ten students and ten items printed by K. Wuensch, East Carolina University
(StatHelp/KR20.txt). LSAT6: Bock and Lieberman (1970), 1000 people and 5 items as patterns; its
parameters as R's ltm and mirt give them.
"""

from __future__ import annotations

import numpy as np

THIRD = 333_333
"""Micro marks of the one answer that got a third."""

MOODLE = np.array(
    [
        [float(cell) for cell in row.split()]
        for row in (
            "1 1 1 1 1 0 1",
            "1 1 1 1 .5 1 0",
            "1 1 1 1 .5 0 1",
            "0 0 1 1 1 0 0",
            "1 0 1 0 0 1 .5",
            "1 1 1 1 .5 0 .5",
            "0 1 1 1 .5 1 .5",
            "1 1 1 0 .5 1 .5",
            "1 0 1 1 1 1 1",
            "0 1 1 0 .5 1 .5",
            ".8 0 1 1 .5 1 .5",
            "1 1 1 0 .5 1 1",
            "1 0 1 1 .5 1 .5",
            "1 0 1 1 1 0 .5",
            "0 0 1 1 0 1 1",
            "1 0 1 0 .5 1 1",
            ".8 0 1 1 .5 0 1",
            "1 0 1 1 0 1 .5",
            "1 0 1 1 .5 0 .5",
            "0 1 1 0 .5 1 0",
            "1 1 .333333 1 .5 0 .5",
            "1 1 1 0 .5 0 .5",
            "1 1 1 1 0 1 .5",
            "0 0 1 0 .5 1 1",
            "0 0 1 1 1 1 1",
        )
    ]
)
"""Marks, attempts by slots; every slot has the full mark 1."""

MOODLE_NUMERICAL = (1, 3, 5, 6, 7, 8, 10, 13, 15, 19, 24, 25)
"""Attempts (1-based) whose first slot drew the question `numerical`."""

MOODLE_VARIANTS = {1: (1, 2, 6, 9, 14, 24), 8: (12, 13, 19, 21, 25)}
"""Variant of the second slot -> attempts that had it."""

MOODLE_SLOTS = {
    "facility": (0.704, 0.48, 0.973333332, 0.68, 0.52, 0.64, 0.62),
    "sd": (
        0.4513682901, 0.5099019514, 0.13333334, 0.4760952286, 0.3055050463,
        0.4898979486, 0.331662479,
    ),
    "effective_weight": (
        21.2922742344, 18.8979800309, 4.443012573, 18.9347251357, 11.1450138688, 9.8081339177,
        15.4788602394,
    ),
    "covariance": (
        -0.022555556, -0.1172777785, -0.0098888894, -0.0833888893, -0.0436944444, -0.2015555547,
        -0.0142499998,
    ),
    "mark_variance": (
        0.2037333333, 0.26, 0.0177777796, 0.2266666667, 0.0933333333, 0.24, 0.11,
    ),
    "other_variance": (
        0.5002777794, 0.6334555578, 0.6609, 0.5990111128, 0.6529555563, 0.8220111101, 0.5774000005,
    ),
    "discrimination_index": (
        -7.0650767526, -28.8982125772, -9.1230674268, -22.6306444113, -17.6997047674,
        -45.3785178421, -5.6543166602,
    ),
    "covariance_max": (
        0.2385555565, 0.318833334, 0.045666669, 0.2652222232, 0.2063055556,
        0.3539999995, 0.2190833335,
    ),
    "discriminative_efficiency": (
        -9.4550536967, -36.7834118938, -21.6545012165, -31.4411395613, -21.1794802584,
        -56.9365974439, -6.5043742058,
    ),
}  # fmt: skip
"""Figure -> its value in each slot."""

MOODLE_DRAWN = {
    "numerical": (12, 0.583333333, 0.514928651, 35.803933, 39.39393939),
    1: (6, 0.50, 0.5477225575, -10.5999788, -14.28571429),
    8: (5, 0.40, 0.547722558, -57.77466679, -71.05263241),
}
"""Drawn question or variant -> papers, facility, deviation, index and efficiency."""

MOODLE_WHOLE = {
    "median": 4.5,
    "mean": 4.617333332,
    "sd": 0.8117265554,
    "skewness": -0.092502502,
    "kurtosis": -0.7073968557,
    "cic": -87.2230935542,
    "error_ratio": 136.8294900795,
    "standard_error": 1.1106813066,
}

KUDER = np.array(
    [
        [int(cell) for cell in row]
        for row in (
            "1111110110", "1011011101", "1111011001", "0010001000", "0000010010",
            "1110111111", "1101110111", "1111111101", "0101111101", "1101101110",
        )
    ]
)  # fmt: skip
KUDER_20 = 0.6963470319634703

LSAT6_PATTERNS = {
    "00000": 3, "00001": 6, "00010": 2, "00011": 11, "00100": 1, "00101": 1, "00110": 3,
    "00111": 4, "01000": 1, "01001": 8, "01011": 16, "01101": 3, "01110": 2, "01111": 15,
    "10000": 10, "10001": 29, "10010": 14, "10011": 81, "10100": 3, "10101": 28, "10110": 15,
    "10111": 80, "11000": 16, "11001": 56, "11010": 21, "11011": 173, "11100": 11, "11101": 61,
    "11110": 28, "11111": 298,
}  # fmt: skip
LSAT6 = np.array(
    [[int(cell) for cell in row] for row, times in LSAT6_PATTERNS.items() for _ in range(times)]
)
LSAT6_ALPHA = 0.2949971922
