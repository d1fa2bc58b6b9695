"""Writes the small histories that the checks are tested on: src/test/resources/narwhal/doctor/histories/made/ID/.

    python make_histories.py OUT

yes-NAME.log must be found by the check ID; no-NAME.log must not be raised by it. The first word after no- is the nearest rival or
"healthy" for the twin without the fault. info-NAME.log is mentioned, and no more. NAME.facts beside a log is what its author states. Only the standard library is used, and the
same files come out every time. Histories that are easier written down than computed lie beside them, in histories/written/ID/.
"""
import math
import os
import random
import shutil
import struct
import sys

OUT = {}


def add(id, name, text, facts=""):
    OUT[f"{id}/{name}.log"] = text
    if facts:
        OUT[f"{id}/{name}.facts"] = facts if facts.endswith("\n") else facts + "\n"


def number(x):
    if x != x:
        return "nan"
    if x in (math.inf, -math.inf):
        return "inf" if x > 0 else "-inf"
    return f"{x:.4f}" if abs(x) > 1e-3 or x == 0 else f"{x:.4e}"


def keras(run, head="", steps=100, tail="", announced=None, seconds=None):
    """Lines of verbose=2. run: {metric: [values]}; None leaves a value out."""
    epochs = max(len(v) for v in run.values())
    lines = [head] if head else []
    for e in range(epochs):
        lines.append(f"Epoch {e + 1}/{announced or epochs}")
        shown = [f"{k}: {number(v[e])}" for k, v in run.items() if e < len(v) and v[e] is not None]
        took = seconds[e] if seconds else 3
        lines.append(f"{steps}/{steps} - {took}s - 30ms/step - " + " - ".join(shown))
    if tail:
        lines.append(tail)
    return "\n".join(lines) + "\n"


def found(training, validation, classes):
    return f"Found {training} images belonging to {classes} classes.\nFound {validation} images belonging to {classes} classes."


def rounded(p, n):
    return round(min(1, max(0, p)) * n) / n


def learn(seed, epochs=15, classes=10, top=0.92, pace=3.0, gap=0.01, images=2000, churn=1.0):
    """A run that learns and generalises."""
    r = random.Random(seed)
    chance = 1 / classes
    run = {"loss": [], "accuracy": [], "val_loss": [], "val_accuracy": []}
    for e in range(epochs):
        a = chance + (top - chance) * (1 - 0.7 * math.exp(-(e + 0.5) / pace))
        rest = 1 - (a - chance) / (1 - chance)
        run["accuracy"].append(min(0.9999, a + 0.002 * r.gauss(0, 1)))
        run["loss"].append(math.log(classes) * rest ** 0.9 * math.exp(0.006 * r.gauss(0, 1)))
        p = a - gap * min(1, e / 3)
        se = math.sqrt(p * (1 - p) / images)
        v = rounded(p + 0.7 * churn * se * r.gauss(0, 1), images)
        run["val_accuracy"].append(v)
        vrest = 1 - (p - chance) / (1 - chance)
        run["val_loss"].append(math.log(classes) * vrest ** 0.9 * math.exp(0.008 * r.gauss(0, 1)))
    return run


def overfit(seed, epochs=25, classes=2, turn=6, slope=0.06, images=1000, reach=1.0):
    r = random.Random(seed)
    run = learn(seed, epochs, classes, top=0.80, pace=2.5, gap=0.02, images=images)
    for e in range(epochs):
        if e <= turn:
            continue
        after = (e - turn) / (epochs - turn)
        run["accuracy"][e] = reach - (reach - run["accuracy"][turn]) * math.exp(-4 * after)
        run["loss"][e] = run["loss"][turn] * math.exp(-3.5 * after)
        run["val_loss"][e] = run["val_loss"][turn] * (1 + slope * (e - turn)) * math.exp(0.015 * r.gauss(0, 1))
        run["val_accuracy"][e] = rounded(run["val_accuracy"][turn] - 0.02 * after + 0.008 * r.gauss(0, 1), images)
    return run


def rotating(seed, images=2000, batch=16, steps=62, epochs=24, easy=0.97, hard=0.70, classes=2):
    """Windows of a list sorted by class, exact counts."""
    r = random.Random(seed)
    n = -(-images // batch)
    run = learn(seed, epochs, classes, top=0.93, pace=3, images=images)
    position = 0
    for e in range(epochs):
        batches = [(position + i) % n for i in range(steps)]
        position = (position + steps) % n
        members = [i for b in batches for i in range(b * batch, min(images, (b + 1) * batch))]
        grow = 1 - 0.3 * math.exp(-e / 3)
        right = sum(r.random() < (easy if i * classes // images % 2 == 0 else hard) * grow + 0.02 * r.gauss(0, 1) * 0 for i in members)
        run["val_accuracy"][e] = right / len(members)
        run["val_loss"][e] = 2.2 * (1 - right / len(members)) + 0.03
    return run


def fixed_part(seed, images=2000, scored=960, epochs=20, classes=5):
    return learn(seed, epochs, classes, images=scored)


def constant(seed, classes=10, epochs=12, share=None, images=1000, loss=None, noise=4e-4):
    r = random.Random(seed)
    share = share or 1 / classes
    h = loss or math.log(classes)
    v = rounded(share, images)
    return {"loss": [h * (1 + noise * abs(r.gauss(0, 1))) for _ in range(epochs)],
            "accuracy": [share + 0.002 * r.gauss(0, 1) for _ in range(epochs)],
            "val_loss": [h * (1 + noise * abs(r.gauss(0, 1))) for _ in range(epochs)],
            "val_accuracy": [v] * epochs}


def strangers(seed, classes=10, level=None, epochs=12, images=1000, jumps=0.0, loss=3.0):
    """Training learns, validation stays at a level."""
    r = random.Random(seed)
    level = 1 / classes if level is None else level
    se = math.sqrt(max(0, level * (1 - level)) / images)
    return {"loss": [math.log(classes) * 0.8 * math.exp(-e / 1.5) + 0.01 for e in range(epochs)],
            "accuracy": [1 - 0.45 * math.exp(-e / 1.2) for e in range(epochs)],
            "val_loss": [math.log(classes) + loss + 0.2 * e + 0.1 * r.gauss(0, 1) for e in range(epochs)],
            "val_accuracy": [rounded(level + se * r.gauss(0, 1) + jumps * r.uniform(-1, 1), images) for e in range(epochs)]}


def drop(run, *names):
    return {k: v for k, v in run.items() if k not in names}


def healthy(id, name="no-healthy", seed=1, facts="", **kw):
    head = kw.pop("head", "")
    add(id, name, keras(learn(seed, **kw), head=head), facts)


ADAM = "optimizer Adam(lr=0.001)\n"

# --- the evaluation loop -------------------------------------------------------------------------------------------------------------
for i, (v, b, s) in enumerate([(2000, 16, 62), (2001, 32, 31), (1298, 64, 14)]):
    add("rotating-validation", f"yes-halves-{i}", keras(rotating(i, v, b, s), head=found(6400, v, 2)))
add("rotating-validation", "no-validation-too-small", keras(learn(3, epochs=24, classes=2, top=0.8, images=60), head=found(6400, 60, 2)))
add("rotating-validation", "no-batch-norm", keras(strangers(4, 10, 0.5, jumps=0.25, loss=1.0), head=found(6400, 1000, 10)))
healthy("rotating-validation", classes=2, epochs=24, head=found(6400, 2000, 2))

for i, (v, n) in enumerate([(2000, 960), (3001, 1504), (1298, 640)]):
    add("fixed-partial-validation", f"yes-part-{i}", keras(fixed_part(i, v, n), head=found(6400, v, 5)))
add("fixed-partial-validation", "no-rotating", keras(rotating(7, 2001, 32, 31), head=found(6400, 2001, 2)))
healthy("fixed-partial-validation", classes=5, epochs=20, images=2000, head=found(6400, 2000, 5))
healthy("fixed-partial-validation", "no-healthy-stated", seed=5, classes=5, epochs=20, images=2000, head=found(6400, 2000, 5),
        facts="validation batch 40; validation_steps 50")

for i, (v, b, s) in enumerate([(1000, 32, 40), (500, 20, 30), (2000, 64, 40)]):
    add("wrapped-validation", f"yes-steps-{i}", keras(learn(i, images=v)), f"{v} validation images\nvalidation batch {b}\nvalidation_steps {s}")
add("wrapped-validation", "no-fixed-partial", keras(learn(4, images=960)), "2000 validation images\nvalidation batch 32\nvalidation_steps 30")
add("wrapped-validation", "no-healthy", keras(learn(5, images=1000)), "1000 validation images\nvalidation batch 32\nvalidation_steps 32")
add("wrapped-validation", "no-unknown", keras(learn(6, images=1000)))

for i, (v, b, s) in enumerate([(2000, 16, 62), (2001, 32, 31), (1298, 64, 14)]):
    add("class-sorted-validation", f"yes-unshuffled-{i}", keras(rotating(20 + i, v, b, s), head=found(6400, v, 2)),
        f"validation shuffle=False; validation batch {b}; validation_steps {s}")
add("class-sorted-validation", "no-rotating-shuffled", keras(rotating(23, 2001, 32, 31, easy=0.85, hard=0.85), head=found(6400, 2001, 2)),
    "validation shuffle=True")
healthy("class-sorted-validation", classes=2, epochs=20, head=found(6400, 2000, 2), facts="validation shuffle=False")
healthy("class-sorted-validation", "no-healthy-whole", seed=2, classes=2, head=found(6400, 2000, 2),
        facts="validation shuffle=False; validation batch 20; validation_steps 100")


def still(seed, moves=0.05, epochs=8):
    r = random.Random(seed)
    return {"loss": [0.8312] * epochs, "accuracy": [0.7021] * epochs,
            "val_loss": [0.84 * (1 + moves * r.uniform(-1, 1)) for _ in range(epochs)],
            "val_accuracy": [rounded(0.7 + moves * r.uniform(-1, 1), 160) for _ in range(epochs)]}


for i, m in enumerate([0.05, 0.1, 0.2]):
    add("stochastic-validation", f"yes-still-{i}", keras(still(i, m)), "learning_rate = 0" if i == 1 else "")
add("stochastic-validation", "no-frozen", keras(still(4, 0.0)))
add("stochastic-validation", "no-validation-too-small", keras(learn(5, epochs=12, images=50)))
healthy("stochastic-validation")

for i, (v, b, other) in enumerate([(2000, 16, 32), (2001, 32, 64), (1298, 16, 32)]):
    add("batch-size-mismatch", f"yes-{b}-for-{other}-of-{v}", keras(rotating(30 + i, v, b, v // other), head=found(32 * 200 * other // 32, v, 2),
                                                            steps=200))
add("batch-size-mismatch", "no-rotating-leave-one-out", keras(rotating(33, 1298, 128, 10), head=found(128 * 50, 1298, 2), steps=50))
add("batch-size-mismatch", "no-healthy", keras(learn(5, images=1000), head=found(6400, 1000, 10)),
    "validation batch 32; validation_steps 32")
add("batch-size-mismatch", "no-floor", keras(learn(6, images=992), head=found(6400, 1000, 10)), "validation batch 32; validation_steps 31")

for i, (n, b, s, more) in enumerate([(6400, 32, 100, ""), (5000, 50, 400, ""), (3000, 10, 100, "training shuffle=False\n")]):
    add("training-steps-mismatch", f"yes-{i}", keras(learn(i), steps=s), f"{n} training images\ntraining batch {b}\nsteps_per_epoch {s}\n{more}")
add("training-steps-mismatch", "no-floor", keras(learn(4), steps=199), "6399 training images\ntraining batch 32\nsteps_per_epoch 199\n")
add("training-steps-mismatch", "no-healthy", keras(learn(5), steps=200), "6400 training images\ntraining batch 32\nsteps_per_epoch 200\n")
add("training-steps-mismatch", "no-ceiling", keras(learn(6), steps=201), "6401 training images\ntraining batch 32\nsteps_per_epoch 201\n")

RAN_OUT = ("WARNING:tensorflow:Your input ran out of data; interrupting training. Make sure that your dataset or generator can generate at"
           " least `steps_per_epoch * epochs` batches (in this case, 1000 batches).")
vanish = learn(2, epochs=10)
vanish["val_loss"][4:] = [None] * 6
vanish["val_accuracy"][4:] = [None] * 6
add("input-exhausted", "yes-message", keras(learn(1, epochs=4), tail=RAN_OUT, announced=10))
add("input-exhausted", "yes-validation-vanishes", keras(vanish))
add("input-exhausted", "yes-alternating", keras(learn(3, epochs=8), seconds=[40, 1, 40, 1, 41, 1, 40, 1]))
add("input-exhausted", "no-interrupted", keras(learn(4, epochs=4), announced=10))
every = learn(5, epochs=10)
for key in ("val_loss", "val_accuracy"):
    every[key] = [v if e % 2 else None for e, v in enumerate(every[key])]
add("input-exhausted", "no-validation-freq", keras(every))
healthy("input-exhausted")

for i, c in enumerate([10, 5, 10]):
    add("validation-split-tail", f"yes-zero-{i}", keras(strangers(i, c, 0.0)), ["", "validation_split=0.2\n5 classes", "10 classes"][i])
add("validation-split-tail", "no-preprocessing", keras(strangers(4, 10)), "10 classes")
add("validation-split-tail", "no-overfitting", keras(overfit(5)))
# As real PyTorch printed it: training saw a few images of the first class of the tail, and learns that class late.
PARTLY = {"loss": [2.1743, 2.1043, 1.7593, 0.7567, 0.2869, 0.1492, 0.0804, 0.051, 0.0294, 0.021], "accuracy": [0.1242, 0.2092, 0.4517, 0.8475, 0.9412, 0.9704, 0.9904, 0.9938, 0.9979, 0.9983],
          "val_loss": [5.1149, 5.0434, 6.6975, 10.0077, 12.07, 12.5912, 13.679, 14.1446, 14.6005, 15.0997], "val_accuracy": [0.0] * 5 + [0.4433, 0.4017, 0.4667, 0.4983, 0.4983]}
add("validation-split-tail", "yes-partly", keras(PARTLY))
# Slow to start: hardly an answer is right at first because nothing is known yet, and validation costs no more than that.
add("validation-split-tail", "no-slow-start", keras(PARTLY | {"accuracy": [0.012, 0.015, 0.02, 0.11, 0.3, 0.5, 0.6, 0.7, 0.75, 0.8], "loss": [4.6, 4.5, 4.4, 3.9, 3.0, 2.2, 1.7, 1.2, 1.0, 0.8],
                                                              "val_loss": [4.6, 4.55, 4.4, 4.0, 3.1, 2.4, 1.9, 1.5, 1.3, 1.2], "val_accuracy": [0.01, 0.01, 0.018, 0.1, 0.28, 0.45, 0.55, 0.62, 0.68, 0.7]}))
healthy("validation-split-tail", facts="validation_split=0.2")


def unweighted(seed, images=100, batch=16, epochs=25, weighted=False):
    r = random.Random(seed)
    run = learn(seed, epochs, 2, top=0.85, images=images)
    sizes = [batch] * (images // batch) + ([images % batch] if images % batch else [])
    for e in range(epochs):
        p = 0.6 + 0.25 * (1 - math.exp(-e / 4))
        hits = [sum(r.random() < p for _ in range(s)) for s in sizes]
        run["val_accuracy"][e] = sum(hits) / images if weighted else sum(h / s for h, s in zip(hits, sizes)) / len(sizes)
    return run


# The last batch does not divide the others: otherwise the means are shares of a larger set as well.
for i, (v, b) in enumerate([(103, 16), (150, 64), (90, 25)]):
    add("last-batch-weighting", f"yes-means-{i}", keras(unweighted(i, v, b), head=found(640, v, 2)))
add("last-batch-weighting", "no-weighted", keras(unweighted(4, 100, 16, weighted=True), head=found(640, 100, 2)))
add("last-batch-weighting", "no-rotating", keras(rotating(5, 2001, 32, 31), head=found(6400, 2001, 2)))
healthy("last-batch-weighting", head=found(6400, 2000, 10))

for i, more in enumerate(["", "validation-sorted-by-class: yes", "10 classes"]):
    add("training-not-shuffled", f"yes-{i}", keras(learn(i)), "training shuffle=False\n" + more)
add("training-not-shuffled", "no-validation-unshuffled", keras(learn(4)), "validation shuffle=False")
add("training-not-shuffled", "no-healthy", keras(learn(5)), "training shuffle=True")
add("training-not-shuffled", "no-unknown", keras(learn(6)))


def steps_log(seed, jump, epochs=6, steps=20):
    r = random.Random(seed)
    lines = []
    level = 2.0
    for e in range(1, epochs + 1):
        for s in range(steps):
            level *= 0.997
            lines.append(f"Epoch: {e:03d}/{epochs:03d} | Batch {s * 10:04d}/{steps * 10:04d} | Loss: {level * math.exp(0.02 * r.gauss(0, 1)):.4f}")
        lines.append(f"Epoch: {e:03d}/{epochs:03d} | Train Acc: {100 * (0.5 + 0.06 * e):.2f}%")
        level *= 1 - jump
    return "\n".join(lines) + "\n"


for i, j in enumerate([0.2, 0.3, 0.4]):
    add("epoch-boundary-sawtooth", f"yes-jump-{i}", steps_log(i, j))
add("epoch-boundary-sawtooth", "no-smooth", steps_log(4, 0.0))
add("epoch-boundary-sawtooth", "no-small", steps_log(5, 0.01))
healthy("epoch-boundary-sawtooth")

for i, rule in enumerate(["ModelCheckpoint(monitor='val_loss', save_best_only=True)", "EarlyStopping(monitor='val_loss', patience=5)",
                          "ReduceLROnPlateau(monitor='val_loss', factor=0.5, patience=5)"]):
    add("incomparable-monitor", f"yes-rule-{i}", keras(rotating(40 + i, 2001, 32, 31), head=found(6400, 2001, 2)), rule)
add("incomparable-monitor", "no-rotating-without-rule", keras(rotating(43, 2001, 32, 31), head=found(6400, 2001, 2)))
add("incomparable-monitor", "no-healthy", keras(learn(5), head=found(6400, 2000, 10)), "ModelCheckpoint(monitor='val_loss', save_best_only=True)")
add("incomparable-monitor", "no-small", keras(learn(6, images=200), head=found(6400, 200, 10)), "EarlyStopping(monitor='val_loss', patience=5)")

MISSING = "WARNING:tensorflow:Can save best model only with val_acc available, skipping."
add("monitor-missing", "yes-message", keras(learn(1), tail=MISSING))
add("monitor-missing", "yes-name", keras(learn(2)), "ModelCheckpoint(monitor='val_acc', save_best_only=True)")
add("monitor-missing", "yes-no-validation", keras(drop(learn(3), "val_loss", "val_accuracy"), tail=MISSING.replace("val_acc", "val_loss")))
add("monitor-missing", "no-healthy", keras(learn(4)), "ModelCheckpoint(monitor='val_loss', save_best_only=True)")
add("monitor-missing", "no-input-exhausted", keras(vanish, tail=MISSING.replace("val_acc", "val_loss")))
add("monitor-missing", "no-unknown", keras(learn(6)))

for i, v in enumerate([200, 400, 300]):
    add("lucky-best-epoch", f"yes-{v}", keras(learn(50 + i, epochs=40, classes=2, top=0.85, pace=2, images=v), head=found(6400, v, 2)))
add("lucky-best-epoch", "no-large", keras(learn(54, epochs=40, classes=2, top=0.97, pace=2, images=20000), head=found(6400, 20000, 2)))
add("lucky-best-epoch", "no-short", keras(learn(55, epochs=5, images=400), head=found(6400, 400, 2)))
healthy("lucky-best-epoch", epochs=7)

for i, v in enumerate([30, 40, 50]):
    add("validation-too-small", f"yes-{v}", keras(learn(60 + i, epochs=30, classes=2, top=0.85, pace=2, images=v, churn=1.4), head=found(6400, v, 2)))
add("validation-too-small", "no-validation-noise", keras(learn(63, epochs=30, classes=2, top=0.9, images=4000), head=found(6400, 4000, 2)))
add("validation-too-small", "no-rotating", keras(rotating(64, 2001, 32, 31), head=found(6400, 2001, 2)))
healthy("validation-too-small", head=found(6400, 5000, 10), images=5000)

for i in range(3):
    add("no-validation", f"yes-{i}", keras(drop(learn(i, epochs=5 + 5 * i), "val_loss", "val_accuracy")))
add("no-validation", "no-input-exhausted", keras(vanish))
add("no-validation", "no-validation-freq", keras(every))
healthy("no-validation")

for i in range(1, 4):
    add("too-few-epochs", f"yes-{i}", keras(learn(i, epochs=i)))
for i, n in enumerate([5, 8, 30]):
    add("too-few-epochs", f"no-{n}", keras(learn(i, epochs=n)))

# --- data ----------------------------------------------------------------------------------------------------------------------------
for i, key in enumerate(["recording before the underscore", "patient id", "video name"]):
    add("group-leakage", f"yes-{i}", keras(learn(i)), f"group-key: {key}")
add("group-leakage", "no-healthy", keras(learn(4)))
add("group-leakage", "no-overfitting", keras(overfit(5)))
add("group-leakage", "no-over-regularised", keras(learn(6, gap=-0.05)), "dropout 0.5")

for i, (a, b) in enumerate([(9500, 500), (4000, 160), (900, 50)]):
    p = a / (a + b)
    h = -p * math.log(p) - (1 - p) * math.log(1 - p)
    add("class-imbalance", f"yes-{i}", keras(constant(i, share=p, loss=h, images=1000), head=found(a + b, 1000, 2)), f"class-counts: {a}, {b}")
add("class-imbalance", "no-constant-balanced", keras(constant(4, classes=2), head=found(4000, 1000, 2)), "class-counts: 2000, 2000")
healthy("class-imbalance", classes=2, facts="class-counts: 3000, 2900")
healthy("class-imbalance", "no-healthy-mild", seed=6, classes=2, facts="class-counts: 3000, 1500")


def negative(seed, epochs=8):
    r = random.Random(seed)
    return {"loss": [0.2 - 1.3 * e * (1 + 0.1 * r.random()) for e in range(epochs)], "accuracy": [0.33] * epochs,
            "val_loss": [0.1 - 1.4 * e for e in range(epochs)], "val_accuracy": [0.33] * epochs}


for i in range(3):
    add("label-encoding", f"yes-negative-{i}", keras(negative(i)), ["", "loss='binary_crossentropy'", ""][i])
add("label-encoding", "no-constant", keras(constant(4, classes=2)))
add("label-encoding", "no-metric-free", keras(drop(negative(5), "accuracy", "val_accuracy")))
healthy("label-encoding", facts="10 classes\nDense 10 softmax at the end")

for i, c in enumerate([10, 5, 4]):
    add("class-order-mismatch", f"yes-{c}", keras(strangers(i, c)), f"{c} classes\n1000 validation images")
add("class-order-mismatch", "no-split-tail", keras(strangers(4, 10, 0.0)), "10 classes\n1000 validation images")
add("class-order-mismatch", "no-overfitting", keras(overfit(5)))
healthy("class-order-mismatch", facts="10 classes")

stuck = {"loss": [2.31, 2.305, 2.304, 2.303, 2.3035, 2.303, 2.3031, 2.303], "accuracy": [0.1] * 8}
for i, text in enumerate(["input-range: 0..255", "input-range: 0 to 255", "input-range: -1000..1000"]):
    add("inputs-not-normalised", f"yes-{i}", keras(stuck), text)
add("inputs-not-normalised", "no-rescaled", keras(stuck), "input-range: 0..255\ntraining-preprocessing: rescale=1/255")
add("inputs-not-normalised", "no-unit", keras(stuck), "input-range: 0..1")
healthy("inputs-not-normalised")

for i, text in enumerate(["training-preprocessing: x / 255, then rescale=1/255", "input-range: 0..0.0039",
                          "training-preprocessing: ToTensor and / 255"]):
    add("inputs-scaled-twice", f"yes-{i}", keras(stuck), text)
add("inputs-scaled-twice", "no-once", keras(stuck), "training-preprocessing: rescale=1/255")
add("inputs-scaled-twice", "no-none", keras(stuck), "input-range: 0..255")
healthy("inputs-scaled-twice", facts="training-preprocessing: rescale=1/255")

for i, c in enumerate([10, 5, 4]):
    add("preprocessing-mismatch", f"yes-{c}", keras(strangers(10 + i, c)), [f"{c} classes\n1000 validation images", f"{c} classes\n1000 validation images",
        "training-preprocessing: rescale=1/255\nvalidation-preprocessing: none\n4 classes\n1000 validation images"][i])
# Two classes: guessing is right as often as half of what training reaches.
add("preprocessing-mismatch", "yes-2", keras(strangers(16, 2)), "2 classes\n1000 validation images")
# Nobody says how many classes there are; in its first epoch training, too, meets new images, and is far better on them.
APART = strangers(17, 3) | {"accuracy": [1 - 0.3 * math.exp(-e / 1.2) for e in range(12)]}
add("preprocessing-mismatch", "yes-unknown-classes", keras(APART))
# Learned by heart without a clue in the images: both sides agree at first.
CLUELESS = strangers(18, 2) | {"loss": [0.69 * math.exp(-(e / 6) ** 2) for e in range(12)],
                               "accuracy": [1 - 0.48 * math.exp(-(e / 6) ** 2) for e in range(12)],
                               "val_loss": [0.693 + 0.02 * e * e for e in range(12)]}
add("preprocessing-mismatch", "no-clueless", keras(CLUELESS), "2 classes\n1000 validation images")
add("preprocessing-mismatch", "no-split-tail", keras(strangers(14, 10, 0.0)), "10 classes\n1000 validation images")
add("preprocessing-mismatch", "no-overfitting", keras(overfit(15)))
# As real Keras printed it: a network of ReLU is right on images 255 times as bright, and absurdly sure where it is wrong.
SCALED = {"loss": [2.2643, 1.7475, 0.9169, 0.4988, 0.2988, 0.2026, 0.1478, 0.1108], "accuracy": [0.1623, 0.503, 0.807, 0.9037, 0.936, 0.9573, 0.9703, 0.9817],
          "val_loss": [33.8886, 34.6759, 16.2911, 10.9359, 10.3274, 11.3467, 15.8398, 19.2091], "val_accuracy": [0.283, 0.618, 0.808, 0.878, 0.905, 0.92, 0.92, 0.91]}
add("preprocessing-mismatch", "yes-scaled", keras(SCALED))
# A healthy run whose own loop adds up the losses of the validation batches.
add("preprocessing-mismatch", "no-summed", "".join(f"Epoch {e + 1}/8, Train Loss: {a:.4f}, Train Acc: {100 * b:.2f}%, Val Loss: {32 * c:.4f}, Val Acc: {100 * d:.2f}%\n" for e, (a, b, c, d) in enumerate(
    [(2.2643, 0.1623, 2.0, 0.283), (1.7475, 0.503, 1.3, 0.618), (0.9169, 0.807, 0.8, 0.808), (0.4988, 0.9037, 0.5, 0.878), (0.2988, 0.936, 0.35, 0.905), (0.2026, 0.9573, 0.28, 0.92),
     (0.1478, 0.9703, 0.26, 0.924), (0.1108, 0.9817, 0.25, 0.928)])))
# Memorised: wrong answers become costly late, and cost no more than elsewhere at first.
add("preprocessing-mismatch", "no-memorised", keras(SCALED | {"val_loss": [2.1, 1.5, 1.1, 1.0, 1.3, 1.6, 2.0, 2.3]}))
healthy("preprocessing-mismatch", facts="training-preprocessing: rescale=1/255, shear 0.2\nvalidation-preprocessing: rescale=1./255")

for i, text in enumerate(["input-type: uint8\ntraining-preprocessing: x / 255 before the cast", "training-preprocessing: x // 255",
                          "input-type: int32\ntraining-preprocessing: images / 256"]):
    add("constant-input", f"yes-{i}", keras(stuck), text)
add("constant-input", "no-float", keras(stuck), "input-type: float32\ntraining-preprocessing: x / 255")
add("constant-input", "no-rescale", keras(stuck), "training-preprocessing: rescale=1/255")
healthy("constant-input")


def parallel(seed, gap=0.15, epochs=20):
    run = learn(seed, epochs, 5, top=0.93, pace=6, gap=0.0, images=5000)
    run["val_accuracy"] = [rounded(a - gap * (0.9 + 0.1 * e / epochs), 5000) for e, a in enumerate(run["accuracy"])]
    run["val_loss"] = [v + 0.5 for v in run["val_loss"]]
    return run


for i, g in enumerate([0.15, 0.2, 0.25]):
    add("distribution-shift", f"yes-{i}", keras(parallel(i, g)))
add("distribution-shift", "no-overfitting", keras(overfit(4)))
add("distribution-shift", "no-batch-norm", keras(strangers(5, 10, 0.5, jumps=0.2, loss=1.0)))
healthy("distribution-shift")

for i, (n, c) in enumerate([(200, 10), (60, 2), (900, 20)]):
    add("training-set-too-small", f"yes-{n}", keras(overfit(70 + i)), f"{n} training images, 1000 validation images, {c} classes")
add("training-set-too-small", "no-overfitting", keras(overfit(74)), "2000 training images, 1000 validation images, 2 classes")
add("training-set-too-small", "no-pretrained", keras(overfit(75)), "60 training images, 1000 validation images, 2 classes\npretrained: yes")
healthy("training-set-too-small", facts="6000 training images, 1000 validation images, 10 classes")


# --- optimisation and model ----------------------------------------------------------------------------------------------------------
def exploded(seed, when=1, factor=1e4, after=1.35, epochs=12):
    r = random.Random(seed)
    loss = [0.76 - 0.02 * e for e in range(when)] + [0.76 * factor] + [after * (1 + 0.01 * r.gauss(0, 1)) for _ in range(epochs - when - 1)]
    return {"loss": loss, "val_loss": [v * 0.98 for v in loss]}


def turning(seed, epochs=12, turn=5):
    loss = [1.0 * math.exp(-e / 3) + 0.2 for e in range(turn)]
    loss += [loss[-1] * (1 + 0.08 * (e + 1)) for e in range(epochs - turn)]
    return {"loss": loss, "val_loss": [v * 1.05 for v in loss]}


def dancing(seed, epochs=20):
    r = random.Random(seed)
    acc = [0.6 + 0.1 * (e % 2) + 0.03 * r.random() for e in range(epochs)]
    return {"loss": [1.8 * (1 - a) + 0.1 for a in acc], "accuracy": acc, "val_loss": [1.9 * (1 - a) + 0.1 for a in acc],
            "val_accuracy": [rounded(a - 0.02 + 0.03 * r.gauss(0, 1), 1000) for a in acc]}


add("learning-rate-too-high", "yes-explodes", keras(exploded(1)), "optimizer SGD(lr=0.05)")
add("learning-rate-too-high", "yes-turns", keras(turning(2)))
add("learning-rate-too-high", "yes-dances", keras(dancing(3)), "optimizer Adam(lr=0.05)")
add("learning-rate-too-high", "no-overfitting", keras(overfit(4)))
add("learning-rate-too-high", "no-rotating", keras(rotating(5, 2001, 32, 31), head=found(6400, 2001, 2)))
REGRESSION = "target: continuous\n2400 training samples, 600 validation samples\noptimizer SGD(lr=0.6)"
add("learning-rate-too-high", "yes-rests-high", keras({"loss": [9.4961, 6.2752, 6.1229, 6.2258, 6.305, 6.0972, 6.1813, 6.1731, 6.2408, 6.1429],
                                                       "val_loss": [5.7593, 5.6725, 5.366, 5.5654, 5.3658, 5.4943, 5.6371, 5.6691, 5.3708, 5.6381]}), REGRESSION)
add("learning-rate-too-high", "no-quick-regression", keras({"loss": [3.4961, 0.1752, 0.1029, 0.0998, 0.101, 0.0992, 0.1003, 0.0998, 0.1001, 0.0994],
                                                            "val_loss": [0.2593, 0.1125, 0.106, 0.1054, 0.1058, 0.1043, 0.1071, 0.1091, 0.1028, 0.1081]}), REGRESSION)
healthy("learning-rate-too-high", facts=ADAM)


def fell_apart(seed, calm=14, factor=5, epochs=18):
    run = learn(seed, epochs, 5)
    for e in range(calm, epochs):
        run["loss"][e] = run["loss"][calm - 1] * factor * (1 + 0.05 * (e - calm))
        run["val_loss"][e] = run["val_loss"][calm - 1] * factor
        run["accuracy"][e] = 0.3
        run["val_accuracy"][e] = 0.3
    return run


for i, f in enumerate([4, 6, 8]):
    add("divergence", f"yes-{f}", keras(fell_apart(i, 12 + i, f)))
add("divergence", "no-rate", keras(exploded(4)), "optimizer SGD(lr=0.05)")
add("divergence", "no-overfitting", keras(overfit(5)))
healthy("divergence", epochs=18, classes=5)


def creeping(seed, start=2.35, fall=0.005, epochs=10):
    return {"loss": [start * (1 - fall * e / epochs) for e in range(epochs)], "accuracy": [0.11 + 0.0004 * e for e in range(epochs)],
            "val_loss": [start * 1.001 * (1 - fall * e / epochs) for e in range(epochs)], "val_accuracy": [0.112] * epochs}


add("learning-rate-too-low", "yes-creeps", keras(creeping(1)))
add("learning-rate-too-low", "yes-stated", keras(creeping(2, 2.5, 0.02)), "optimizer Adam(lr=1e-7)")
add("learning-rate-too-low", "yes-sgd", keras(creeping(3, 1.2, 0.008)), "optimizer SGD(lr=1e-6)")
add("learning-rate-too-low", "no-constant", keras(constant(4)))
add("learning-rate-too-low", "no-plateau", keras(learn(5, epochs=40, pace=1)))
healthy("learning-rate-too-low", facts=ADAM)

nan = float("nan")
add("not-a-number", "yes-from-start", keras({"loss": [nan] * 4, "accuracy": [0.1] * 4}))
add("not-a-number", "yes-later", keras({"loss": [0.9, 0.7, nan, nan], "accuracy": [0.5, 0.6, 0.1, 0.1]}))
add("not-a-number", "yes-infinite", keras({"loss": [0.9, math.inf, nan], "accuracy": [0.5, 0.1, 0.1]}))
add("not-a-number", "no-exploded", keras(exploded(4)))
add("not-a-number", "no-zero", keras({"loss": [0.5, 0.1, 0.0, 0.0], "accuracy": [0.8, 1.0, 1.0, 1.0]}))
healthy("not-a-number")

add("constant-predictor", "yes-ten", keras(constant(1, 10)), "10 classes")
add("constant-predictor", "yes-two", keras(constant(2, 2)))
add("constant-predictor", "yes-unequal", keras(constant(3, share=0.7, loss=-0.7 * math.log(0.7) - 0.3 * math.log(0.3))), "2 classes")
add("constant-predictor", "no-learning-rate-too-low", keras(creeping(4, math.log(10) * 1.004, 0.006)))
add("constant-predictor", "no-saturated", keras({"loss": [7.971] * 6, "accuracy": [0.5] * 6, "val_loss": [7.971] * 6, "val_accuracy": [0.5] * 6}))
# Black pictures, as real Keras printed them: the answer flips between the classes while it is worth nothing, then stays.
BLACK = {"loss": [0.6932] * 8, "accuracy": [0.4903, 0.4863, 0.4877, 0.491] + [0.4897] * 4, "val_loss": [0.6932] * 8, "val_accuracy": [0.4867] * 8}
add("constant-predictor", "yes-black", keras(BLACK))
healthy("constant-predictor", facts="10 classes")

for i, (bound, wrong) in enumerate([(15.942, 0.5), (16.118, 0.9), (34.539, 0.4)]):
    add("saturated-output", f"yes-{i}", keras({"loss": [bound * (wrong + 0.001 * e) for e in range(6)], "accuracy": [1 - wrong - 0.001 * e for e in range(6)],
                                               "val_loss": [bound * wrong] * 6, "val_accuracy": [1 - wrong] * 6}))
add("saturated-output", "no-constant", keras(constant(4)))
add("saturated-output", "no-high-loss", keras({"loss": [8.2, 7.1, 6.4, 6.0, 5.9], "accuracy": [0.5, 0.52, 0.55, 0.56, 0.6]}))
healthy("saturated-output")

for i, text in enumerate(["hidden-activation: relu", "Dense 64 relu, Dense 64 relu, Dense 10 softmax", ""]):
    add("dead-relu", f"yes-{i}", keras(exploded(i) if i == 2 else constant(i)), text)
add("dead-relu", "no-constant-tanh", keras(constant(4)), "hidden-activation: tanh")
add("dead-relu", "no-overfitting", keras(overfit(5)), "hidden-activation: relu")
healthy("dead-relu", facts="hidden-activation: relu")


def slow(seed, classes=10, epochs=8, start=0.11, top=0.4):
    return {"loss": [math.log(classes) * (1.0 - 0.05 * e) for e in range(epochs)],
            "accuracy": [start + (top - start) * e / epochs for e in range(epochs)],
            "val_loss": [math.log(classes) * (1.0 - 0.05 * e) for e in range(epochs)],
            "val_accuracy": [rounded(start + (top - start) * e / epochs, 1000) for e in range(epochs)]}


for i, text in enumerate(["20 x Dense 64", "25 x Dense 100 relu", "6 x Dense 32 sigmoid"]):
    add("vanishing-gradient", f"yes-{i}", keras(slow(i)), text + "\n10 classes")
add("vanishing-gradient", "no-shallow", keras(slow(4)), "3 x Dense 64\n10 classes")
add("vanishing-gradient", "no-normalised", keras(slow(5)), "20 x Dense 64\nbatch-norm: yes\n10 classes")
healthy("vanishing-gradient", facts="Dense 64 relu, Dense 10 softmax")

for i, text in enumerate(["LSTM 128, Dense 1", "GRU 64, GRU 64, Dense 1", "SimpleRNN 32, Dense 1"]):
    add("exploding-gradient", f"yes-{i}", keras(exploded(i, 2)), text)
add("exploding-gradient", "no-clipped", keras(exploded(4, 2)), "LSTM 128, Dense 1\nclipping: clipnorm 1.0")
add("exploding-gradient", "no-dense", keras(exploded(5, 2)), "Dense 30 relu, Dense 1")
healthy("exploding-gradient", facts="LSTM 128, Dense 10")

add("head-loss-mismatch", "yes-softmax-one", keras(constant(1, 2)), "output-activation: softmax\noutput-units: 1\nloss='binary_crossentropy'")
add("head-loss-mismatch", "yes-sigmoid-categorical", keras(constant(2, 10)), "output-activation: sigmoid\noutput-units: 10\nloss='categorical_crossentropy'")
add("head-loss-mismatch", "yes-bounded", keras({"loss": [9.1, 9.0, 9.02, 9.01, 9.0]}), "output-activation: sigmoid\nloss='mse'\ntarget: continuous\noutput-units: 1")
add("head-loss-mismatch", "no-right-binary", keras(constant(4, 2)), "output-activation: sigmoid\noutput-units: 1\nloss='binary_crossentropy'")
add("head-loss-mismatch", "no-right-softmax", keras(constant(5, 10)), "output-activation: softmax\noutput-units: 10\nloss='categorical_crossentropy'")
# A softmax over one unit answers 1 for every picture, and categorical cross-entropy finds nothing wrong with that.
BLIND = {"loss": [1.1921e-07] * 6, "accuracy": [0.4965] * 6, "val_loss": [1.1921e-07] * 6, "val_accuracy": [0.51] * 6}
add("head-loss-mismatch", "yes-blind", keras(BLIND))
add("head-loss-mismatch", "no-squared", keras({"loss": [0.25] * 6, "accuracy": [0.4965] * 6, "val_loss": [0.25] * 6, "val_accuracy": [0.51] * 6}))
healthy("head-loss-mismatch", facts="output-activation: softmax\noutput-units: 10\nloss='sparse_categorical_crossentropy'")


def regression_accuracy(seed, epochs=10, value=0.0):
    return {"loss": [20 * math.exp(-e / 3) + 1 for e in range(epochs)], "accuracy": [value] * epochs,
            "val_loss": [21 * math.exp(-e / 3) + 1 for e in range(epochs)], "val_accuracy": [value] * epochs}


add("metric-mismatch", "yes-zero", keras(regression_accuracy(1)))
add("metric-mismatch", "yes-stated", keras(regression_accuracy(2, value=0.002)), "target: continuous")
add("metric-mismatch", "yes-one-hot", keras({"loss": [0.31, 0.28, 0.25, 0.23], "accuracy": [0.902, 0.905, 0.91, 0.915],
                                             "val_loss": [0.3, 0.27, 0.25, 0.24], "val_accuracy": [0.903, 0.906, 0.91, 0.914]}),
    "loss='binary_crossentropy'\n10 classes\noutput-units: 10")
add("metric-mismatch", "no-two-classes", keras({"loss": [0.6, 0.5, 0.4, 0.3], "binary_accuracy": [0.68, 0.75, 0.8, 0.87],
                                                "val_loss": [0.6, 0.5, 0.45, 0.4], "val_binary_accuracy": [0.68, 0.75, 0.79, 0.82]}))
add("metric-mismatch", "no-constant", keras(constant(4)))
add("metric-mismatch", "no-good-start", keras(learn(5, top=0.98, pace=1)), "10 classes\nloss='categorical_crossentropy'")
healthy("metric-mismatch")

for i, (s, t) in enumerate([(0.06, 6), (0.1, 4), (0.04, 8)]):
    add("overfitting", f"yes-{i}", keras(overfit(80 + i, slope=s, turn=t), head=found(2000, 1000, 2)))
add("overfitting", "no-learning-rate-too-high", keras(turning(84)))
add("overfitting", "no-small-rise", keras(overfit(85, slope=0.001, reach=0.8)))
add("overfitting", "no-preprocessing", keras(APART))
healthy("overfitting", epochs=25)


def levelled(seed, top=0.45, epochs=30, classes=10, level=0.68):
    run = learn(seed, epochs, classes, top=top, pace=2, gap=0.0, images=5000)
    run["loss"] = [math.log(classes) * (level + (0.98 - level) * math.exp(-e / 2)) * (1 + 0.004 * random.Random(seed + e).gauss(0, 1)) for e in range(epochs)]
    run["val_loss"] = [v * 1.003 for v in run["loss"]]
    return run


for i, t in enumerate([0.4, 0.45, 0.5]):
    add("underfitting", f"yes-{i}", keras(levelled(i, t)), "10 classes\n5000 validation images")
add("underfitting", "no-overfitting", keras(overfit(4)), "2 classes")
add("underfitting", "no-still-rising", keras(slow(5, epochs=14, top=0.6)), "10 classes")
healthy("underfitting", epochs=30, facts="10 classes")

for i, text in enumerate(["Dense 128 -> 5 -> 20", "Dense 256 -> 8 -> 128 -> 10", "Dense 128 -> 40 -> 100"]):
    add("bottleneck-layer", f"yes-{i}", keras(levelled(i, 0.5)), text + ["\n20 classes", "\n10 classes", "\n100 classes"][i])
add("bottleneck-layer", "no-wide", keras(levelled(4)), "Dense 128 -> 64 -> 10\n10 classes")
add("bottleneck-layer", "no-learned", keras(learn(5, top=0.99, pace=1)), "Dense 128 -> 64 -> 32 -> 10\n10 classes")
healthy("bottleneck-layer", facts="Dense 64 -> 10\n10 classes")

for i, g in enumerate([-0.05, -0.07, -0.04]):
    add("over-regularised", f"yes-{i}", keras(learn(90 + i, epochs=12, gap=g, top=0.85, images=4000), head=found(6400, 4000, 10)), "dropout 0.5" if i else "")
add("over-regularised", "no-overfitting", keras(overfit(94)))
add("over-regularised", "no-equal", keras(learn(95, gap=0.0, images=300), head=found(6400, 300, 10)))
healthy("over-regularised", gap=0.02)


def unmoved(seed, epochs=8):
    r = random.Random(seed)
    return {"loss": [1.2 * math.exp(-1.2 * e) + 0.01 for e in range(epochs)], "accuracy": [min(1, 0.6 + 0.4 * (e > 0)) for e in range(epochs)],
            "val_loss": [0.97 * (1 + 0.05 * r.uniform(-1, 1)) for _ in range(epochs)], "val_accuracy": [rounded(0.45 + 0.02 * r.gauss(0, 1), 500) for _ in range(epochs)]}


add("batch-norm-mismatch", "yes-unmoved", keras(unmoved(1)))
add("batch-norm-mismatch", "yes-momentum", keras(unmoved(2)), "batch-norm-momentum: 0.001")
add("batch-norm-mismatch", "yes-jumps", keras(strangers(3, 4, 0.55, jumps=0.25, loss=1.0, images=800), head=found(6400, 800, 4)), "batch normalisation")
add("batch-norm-mismatch", "no-overfitting", keras(overfit(4)), "batch normalisation")
add("batch-norm-mismatch", "no-rotating", keras(rotating(5, 2001, 32, 31), head=found(6400, 2001, 2)))
healthy("batch-norm-mismatch", facts="batch normalisation")

for i, t in enumerate([0.8, 0.75, 0.7]):
    add("plateau", f"yes-{i}", keras(levelled(10 + i, t, level=0.3)), "10 classes")
add("plateau", "no-falling", keras(slow(4, epochs=14)), "10 classes")
add("plateau", "no-floor", keras(learn(5, epochs=30, top=0.999, pace=1)), "10 classes")
healthy("plateau", epochs=10, facts="10 classes")

for i, n in enumerate([5, 6, 9]):
    add("stopped-too-early", f"yes-{n}", keras(slow(i, epochs=n, top=0.3)), "10 classes")
add("stopped-too-early", "no-overfitting", keras(overfit(4)))
add("stopped-too-early", "no-plateau", keras(levelled(5)), "10 classes")
healthy("stopped-too-early", epochs=40, pace=2)

for i in range(3):
    frozen = {"loss": [1.3127 + i] * (4 + i), "accuracy": [0.412] * (4 + i), "val_loss": [1.3 + i] * (4 + i), "val_accuracy": [0.42] * (4 + i)}
    add("frozen-weights", f"yes-{i}", keras(frozen))
add("frozen-weights", "no-constant", keras(constant(4)))
add("frozen-weights", "no-black", keras(BLACK))
add("frozen-weights", "no-done", keras({"loss": [0.3, 0.0, 0.0, 0.0], "accuracy": [0.9, 1.0, 1.0, 1.0]}))
# Steps so small that the last digit moves now and then.
LAST_DIGITS = {"loss": [2.3149, 2.3147, 2.3146, 2.3145, 2.3144, 2.3143, 2.3143, 2.3143], "accuracy": [0.1127] * 8,
               "val_loss": [2.3162, 2.316, 2.3159, 2.3159, 2.3158, 2.3157, 2.3157, 2.3157], "val_accuracy": [0.106] * 8}
add("frozen-weights", "no-learning-rate-too-low", keras(LAST_DIGITS))
add("learning-rate-too-low", "yes-last-digits", keras(LAST_DIGITS))
healthy("frozen-weights")

SCRIPT = """model = Sequential()
model.add(Conv2D(32, (3, 3), padding='same'))
model.add(Conv2D(32, (3, 3), padding='same'))
model.add(Activation('relu'))
model.add(Flatten())
model.add(Dense(10, activation='softmax'))
"""
add("stacked-linear-layers", "yes-convolutions", keras(learn(1)), SCRIPT)
add("stacked-linear-layers", "yes-dense", keras(learn(2)), SCRIPT.replace("Conv2D(32, (3, 3), padding='same')", "Dense(64)"))
add("stacked-linear-layers", "yes-before-head", keras(learn(3)), SCRIPT.replace("model.add(Activation('relu'))\n", ""))
RELU = SCRIPT.replace("padding='same'", "padding='same', activation='relu'")
add("stacked-linear-layers", "no-relu", keras(learn(4)), RELU)
add("stacked-linear-layers", "no-sentence", keras(learn(5)), "Dense 64, Dense 10")
add("stacked-linear-layers", "no-unknown", keras(learn(6)))


def summary(size):
    return f"""Model: "sequential"
_________________________________________________________________
Layer (type)                 Output Shape              Param #
=================================================================
conv2d (Conv2D)              (None, {2 * size}, {2 * size}, 32)        896
_________________________________________________________________
max_pooling2d (MaxPooling2D) (None, {size}, {size}, 32)          0
_________________________________________________________________
conv2d_1 (Conv2D)            (None, {size}, {size}, 64)          18496
_________________________________________________________________
flatten (Flatten)            (None, {64 * size * size})                0
_________________________________________________________________
dense (Dense)                (None, 10)                650
=================================================================
Total params: 20,042
Trainable params: 20,042
Non-trainable params: 0
_________________________________________________________________"""


for i in range(3):
    add("collapsed-feature-map", f"yes-{i}", keras(learn(i), head=summary(1)))
for i, s in enumerate([2, 4, 7]):
    add("collapsed-feature-map", f"no-{s}", keras(learn(4 + i), head=summary(s)))

# --- as real Keras and PyTorch printed them ------------------------------------------------------------------------------------------
# A rate of 1e-7: no step moves more than the last digit, and the start lies away from ln 5.
UNMOVED = {"loss": [1.6206] * 5 + [1.6205] * 5, "accuracy": [0.1843] + [0.184] * 9,
           "val_loss": [1.6192] * 4 + [1.6191] * 5 + [1.619], "val_accuracy": [0.1983] * 10}
add("learning-rate-too-low", "yes-unmoved", keras(UNMOVED), "5 classes\n600 validation images")
add("constant-predictor", "no-unmoved", keras(UNMOVED), "5 classes\n600 validation images")
add("learning-rate-too-high", "no-unmoved", keras(UNMOVED), "5 classes\n600 validation images")
# Only the bias learns, at once: the loss then wavers by the last digit at the entropy of the classes.
add("learning-rate-too-low", "no-dead", keras({"loss": [1.6098, 1.6089, 1.609, 1.6089, 1.6089, 1.609, 1.6089], "accuracy": [0.19] + [0.2053] * 6,
                                               "val_loss": [1.6096] * 7, "val_accuracy": [0.1967] * 7}), "5 classes")

# Softmax over one unit: the loss falls to nothing although half of the answers are wrong.
ONE_UNIT = {"loss": [0.5371, 0.1633, 0.0372, 0.0133, 0.0067, 0.004], "accuracy": [0.5027] * 6,
            "val_loss": [0.3236, 0.072, 0.0217, 0.0097, 0.0057, 0.0037], "val_accuracy": [0.505] * 6}
add("head-loss-mismatch", "yes-falls-all-the-same", keras(ONE_UNIT))
STUCK_UNIT = {"loss": [7.9] * 4, "accuracy": [0.5027, 0.5031, 0.5029, 0.503], "val_loss": [7.8] * 4, "val_accuracy": [0.505] * 4}
add("head-loss-mismatch", "yes-warned", keras(STUCK_UNIT, head="/usr/lib/python3.11/site-packages/keras/src/ops/nn.py:959: UserWarning: You are using a"
                                              " softmax over axis -1 of a tensor of shape (None, 1). This axis has size 1. The softmax operation will always"
                                              " return the value 1, which is likely not what you intended. Did you mean to use a sigmoid instead?\n  warnings.warn("))
add("head-loss-mismatch", "yes-at-the-end", keras(STUCK_UNIT), "Dense 1 softmax at the end, class_mode binary")

# The first steps blow up before anything is printed.
BURST = {"loss": [6.7889e25] + [13.7368] * 9, "val_loss": [16.8561] * 10}
add("learning-rate-too-high", "yes-burst", keras(BURST))
add("learning-rate-too-high", "yes-burst-classes", keras({"loss": [3535.4441] + [0.7177] * 9, "accuracy": [0.4877] + [0.4863] * 9,
                                                          "val_loss": [0.6972] * 10, "val_accuracy": [0.486] * 10}))
add("learning-rate-too-high", "no-learned-at-once", keras({"loss": [8123.1] + [13.7 + 0.02 * (e % 3) - 0.01 * e for e in range(9)],
                                                           "val_loss": [15.2] + [14.1 - 0.01 * e for e in range(9)]}))
add("healthy", "no-burst", keras(BURST))

# The start of the first epoch is in its mean.
add("metric-mismatch", "yes-first-epoch", keras({"loss": [0.4925, 0.3294, 0.3257, 0.324, 0.3224, 0.3203], "binary_accuracy": [0.9] * 6,
                                                 "val_loss": [0.3369, 0.3284, 0.3277, 0.3266, 0.3254, 0.3237], "val_binary_accuracy": [0.9] * 6}), "10 classes")

# A generator of one pass: the first evaluation had 992 images, the later ones 64.
REST = learn(130, epochs=9, classes=5, pace=4) | {"val_accuracy": [334 / 992] + [k / 64 for k in (27, 36, 43, 48, 53, 57, 59, 60)]}
add("input-exhausted", "yes-rest", keras(REST))
add("input-exhausted", "no-small-set", keras(REST | {"val_accuracy": [k / 64 for k in (22, 27, 36, 43, 48, 53, 57, 59, 60)]}))
# Digits of 5,000 images: the later ones would fit 4,997 as well, the first does not.
FIVE = learn(52, epochs=41, classes=5, top=0.71, images=5000)
FIVE["val_accuracy"] = [1055 / 5000] + [random.Random(e).randint(2950, 3700) / 5000 for e in range(40)]
add("input-exhausted", "no-round-set", keras(FIVE))

# A loop that prints nothing of training.
add("healthy", "yes-only-tests", "".join(f"Test set: Average loss: {l:.4f}, Accuracy: {round(10000 * p)}/10000 ({100 * p:.0f}%)\n"
                                         for l, p in zip(*[learn(56, epochs=12, images=10000)[k] for k in ("val_loss", "val_accuracy")])))

# Images 255 times as bright, in a loop of one's own: no sum, for it is so many times the training loss in no two epochs.
OWN = [(2.2974, 0.1243, 10.3213, 0.24), (2.2003, 0.2493, 73.6692, 0.135), (1.5167, 0.5973, 27.6354, 0.665), (0.8, 0.81, 21.3, 0.78), (0.45, 0.9, 17.2, 0.84),
       (0.3, 0.93, 16.0, 0.86), (0.2, 0.95, 15.1, 0.87), (0.15, 0.96, 16.4, 0.88)]
add("preprocessing-mismatch", "yes-scaled-own-loop", "".join(f"Epoch {e}/7\n----------\ntrain Loss: {a:.4f} Acc: {b:.4f}\nval Loss: {c:.4f} Acc: {d:.4f}\n\n"
                                                             for e, (a, b, c, d) in enumerate(OWN)))

# --- outcomes ------------------------------------------------------------------------------------------------------------------------
for i, v in enumerate([1000, 2500, 5000]):
    add("validation-noise", f"yes-{v}", keras(learn(100 + i, epochs=30, classes=5, top=0.9, images=v), head=found(6400, v, 5)))
add("validation-noise", "no-rotating", keras(rotating(104, 2001, 32, 31), head=found(6400, 2001, 2)))
add("validation-noise", "no-overfitting", keras(overfit(105), head=found(2000, 1000, 2)))
add("validation-noise", "no-short", keras(learn(106, epochs=4, images=1000), head=found(6400, 1000, 5)))

for i in range(3):
    healthy("healthy", f"yes-{i}", seed=110 + i, epochs=10 + 8 * i)
add("healthy", "no-overfitting", keras(overfit(114)))
add("healthy", "no-constant", keras(constant(115)))
add("healthy", "no-preprocessing", keras(strangers(117, 10, 0.02)), "10 classes\n1000 validation images")
add("healthy", "no-rotating", keras(rotating(116, 2001, 32, 31), head=found(6400, 2001, 2)))


# As other people's runs print them.
add("head-loss-mismatch", "yes-nothing", keras({"loss": [0.0] * 2, "accuracy": [0.4312, 0.4312], "val_loss": [0.0] * 2, "val_accuracy": [0.4401] * 2}))
add("head-loss-mismatch", "yes-floor", keras({"loss": [1.1921e-07] * 5, "accuracy": [0.9375, 0.9375, 0.9371, 0.9375, 0.9375],
                                              "val_loss": [1.1921e-07] * 5, "val_accuracy": [0.9333] * 5}))
add("head-loss-mismatch", "no-weighted", keras({"loss": [2.1e-06 * 0.8 ** e for e in range(10)], "accuracy": [0.93 + 0.004 * e for e in range(10)],
                                                "val_loss": [2.3e-06 * 0.85 ** e for e in range(10)], "val_accuracy": [0.92 + 0.004 * e for e in range(10)]}))
add("head-loss-mismatch", "yes-default-logits", keras(STUCK_UNIT),
    "model = Sequential([\n  Dense(4, activation='relu'),\n  Dense(1)\n])\nmodel.compile(loss='binary_crossentropy', optimizer='adam')")
add("head-loss-mismatch", "yes-warned-classes", keras({"loss": [0.0] * 2, "accuracy": [0.4312] * 2}, head="/usr/lib/python3.10/site-packages/tensorflow/"
    "python/util/dispatch.py:1176: SyntaxWarning: In loss categorical_crossentropy, expected y_pred.shape to be (batch_size, num_classes) with"
    " num_classes > 1. Received: y_pred.shape=(None, 1)."))

# TensorFlow's binary cross-entropy adds its epsilon to what is clipped at that epsilon: ln 2e-7.
WRONG = [0.517, 0.512, 0.507, 0.517, 0.482, 0.506, 0.5, 0.505, 0.523, 0.479, 0.511, 0.498]
add("saturated-output", "yes-epsilon-twice", keras({"loss": [15.4249 * w for w in WRONG], "accuracy": [1 - w for w in WRONG]}))
add("learning-rate-too-high", "no-swings-by-chance", keras({"loss": [15.4249 * w for w in WRONG], "accuracy": [1 - w for w in WRONG]}))
add("learning-rate-too-high", "yes-one-epoch", "epoch  train_loss  valid_loss  accuracy\n1      14.120304   873144288.000000  0.244681    (00:14)\n")
add("learning-rate-too-high", "no-pretrained-start", "epoch  train_loss  valid_loss  accuracy\n"
    + "".join(f"{e + 1}      {1.36 - 0.012 * e:.6f}    {1.05 - 0.025 * e:.6f}    {0.41 + 0.04 * e:.6f}    (00:14)\n" for e in range(5)), "3 classes")

add("overfitting", "yes-five-epochs", keras({"loss": [2.2411, 1.9432, 1.7411, 1.4120, 0.7931], "accuracy": [0.1712, 0.3143, 0.4011, 0.5290, 0.7540],
                                             "val_loss": [2.0213, 1.9111, 2.0420, 2.1291, 2.6402], "val_accuracy": [0.2712, 0.3408, 0.2804, 0.3176, 0.2988]}))
add("overfitting", "yes-first-epoch", keras({"loss": [0.2688, 0.0724, 0.0661, 0.0553, 0.0521], "accuracy": [0.8934, 0.9739, 0.9731, 0.9769, 0.9786],
                                             "val_loss": [0.8267, 0.8102, 1.0521, 1.2203, 1.2514], "val_accuracy": [0.7711, 0.7790, 0.7701, 0.7692, 0.7633]}))
UNSEEN = {"loss": [2.8102, 1.4411, 0.6420, 0.3098, 0.1811], "accuracy": [0.1488, 0.6140, 0.8361, 0.9266, 0.9571],
          "val_loss": [6.8120, 10.6911, 13.9820, 16.2210, 18.0471], "val_accuracy": [0.0, 0.1762, 0.1838, 0.1971, 0.1996]}
add("validation-split-tail", "yes-first-epoch", keras(UNSEEN), "20 classes")
add("overfitting", "no-validation-split-tail", keras(UNSEEN), "20 classes")

LATE = {"loss": [1.41 * 0.95 ** e for e in range(40)],
        "val_loss": [1.52 + 2.3 * math.sin(math.pi * min(1, e / 20) / 2) if e < 12 else 0.9 + 2.5 * math.exp(-((e - 10) / 8) ** 2) for e in range(40)]}
add("batch-norm-mismatch", "yes-warms-up", keras(LATE, steps=32))
add("overfitting", "no-batch-norm-mismatch", keras(LATE, steps=32), "batch normalization after every convolution")
add("not-a-number", "yes-validation", keras({"loss": [2.4 * 0.7 ** e for e in range(8)], "accuracy": [0.5 + 0.06 * e for e in range(8)],
                                             "val_loss": [math.nan] * 8, "val_accuracy": [0.52 + 0.055 * e for e in range(8)]}))
add("monitor-missing", "yes-overfitting", keras(overfit(9), head="WARNING:tensorflow:Early stopping conditioned on metric `val_acc` which is not available."
    " Available metrics are: loss,accuracy,val_loss,val_accuracy"))
add("training-not-shuffled", "yes-forgets", keras({"loss": [0.7231, 0.6842, 0.6803, 0.5911, 0.6092], "accuracy": [0.4893, 0.6052, 0.5771, 0.7044, 0.7081],
                                                   "val_loss": [0.6841, 0.6377, 0.6112, 0.5163, 0.5533], "val_accuracy": [0.676, 0.638, 0.602, 0.808, 0.716]}),
    "train_data = datagen.flow_from_directory(train_dir, batch_size=32, class_mode='binary', shuffle=False)\nmodel.fit(train_data, epochs=5)")


SURE = [0.866, 0.73, 0.66, 0.61, 0.57, 0.54, 0.52, 0.505]
add("saturated-output", "yes-nearly", keras({"loss": [14.3 * w + 0.2 * k % 0.5 for k, w in enumerate(SURE)], "accuracy": [1 - w for w in SURE],
                                             "val_loss": [14.6 * (w + 0.03) for w in SURE], "val_accuracy": [0.97 - w for w in SURE]}))
add("saturated-output", "no-sure-of-few", keras({"loss": [14.5 * w for w in (0.09, 0.06, 0.05, 0.045, 0.04)], "accuracy": [0.91, 0.94, 0.95, 0.955, 0.96],
                                                 "val_loss": [14.8 * w for w in (0.08, 0.06, 0.055, 0.05, 0.05)], "val_accuracy": [0.92, 0.94, 0.945, 0.95, 0.95]}))
RAN_OUT = ("Epoch 1/{0}\n93/93 - 2s - 20ms/step - {1}\nEpoch 2/{0}\n/usr/lib/python3.11/site-packages/keras/src/trainers/epoch_iterator.py:164: UserWarning:"
           " Your input ran out of data; interrupting training.\n  self._interrupted_warning()\n")


def ran_out(run):
    epochs = len(run["loss"])
    values = [" - ".join(f"{k}: {number(v[e])}" for k, v in run.items() if v[e] is not None) for e in range(epochs)]
    later = "".join(f"93/93 - 2s - 18ms/step - {values[e]}\n" + (f"Epoch {e + 2}/{epochs}\n" if e + 1 < epochs else "") for e in range(1, epochs))
    return RAN_OUT.format(epochs, values[0]) + later


add("input-exhausted", "no-healthy-message", ran_out(learn(41, epochs=10)))
LITTLE = learn(42, epochs=10, classes=3, top=0.7)
LITTLE["accuracy"] = [0.3791] + [k / 64 for k in (24, 30, 27, 25, 29, 26, 33, 34, 40)]
add("input-exhausted", "yes-trained-on-rest", ran_out(LITTLE))

add("metric-mismatch", "yes-apart", keras({"loss": [0.0688, 0.0379, 0.0271, 0.0236, 0.0211, 0.0183], "accuracy": [0.0078, 0.0121, 0.0109, 0.0117, 0.0104, 0.0112],
                                           "val_loss": [0.0481, 0.0311, 0.0241, 0.0217, 0.0196, 0.0171], "val_accuracy": [0.0109, 0.0112, 0.0121, 0.0117, 0.0131, 0.0135]}))
add("metric-mismatch", "no-class-imbalance", keras({"loss": [0.1981, 0.1802, 0.1771, 0.1752, 0.1741], "binary_accuracy": [0.9451, 0.9487, 0.9488, 0.9488, 0.9489],
                                                    "val_loss": [0.2, 0.19, 0.185, 0.181, 0.18], "val_binary_accuracy": [0.9492] * 5}))
r = random.Random(43)
CLIMBS = [1.67 - 0.055 * e + 0.02 * r.random() for e in range(11)] + [1.12 + 0.011 * e + 0.02 * r.random() for e in range(49)]
add("learning-rate-too-high", "yes-climbs", keras({"loss": CLIMBS, "accuracy": [1 - l / 2.6 for l in CLIMBS],
                                                   "val_loss": [l - 0.05 + 0.04 * r.random() for l in CLIMBS], "val_accuracy": [1 - l / 2.5 for l in CLIMBS]}))
add("learning-rate-too-high", "no-glides", keras({"loss": [0.7075, 0.6980, 0.6946, 0.6933, 0.6929, 0.6928, 0.6927] + [0.6927] * 13}), "SGD(lr=0.1)\n2 classes")
add("preprocessing-mismatch", "yes-apart", keras({"loss": [0.2110 * 0.94 ** e for e in range(20)], "val_loss": [18.75 + 0.02 * (e % 3) for e in range(20)]}))
add("preprocessing-mismatch", "no-fifty-images", keras({"loss": [2.3 * 0.7 ** e for e in range(20)], "accuracy": [min(1, 0.2 + 0.14 * e) for e in range(20)],
                                                        "val_loss": [2.4 + 0.15 * e for e in range(20)], "val_accuracy": [0.1 + 0.002 * (e % 4) for e in range(20)]}),
    "50 training images, 1000 validation images, 10 classes")
add("validation-too-small", "yes-all-right", keras({"loss": [1.2 * 0.7 ** e for e in range(12)], "accuracy": [0.5 + 0.04 * e for e in range(12)],
                                                    "val_loss": [0.9 * 0.6 ** e for e in range(12)], "val_accuracy": [0.85] + [1.0] * 11}, head="Train on 1184 samples, validate on 20 samples"))
add("learning-rate-too-low", "yes-validation", keras({"loss": [0.8290, 0.8385, 0.8351, 0.8333, 0.8373, 0.8352, 0.8417, 0.8299, 0.8387, 0.8324],
                                                      "accuracy": [0.4267, 0.3733, 0.3467, 0.3733, 0.36, 0.3733, 0.36, 0.3867, 0.3733, 0.3933],
                                                      "val_loss": [0.9680 - 0.0003 * e for e in range(10)], "val_accuracy": [0.3714] * 10}))
OPEN = learn(44, epochs=30, top=0.72)
OPEN["accuracy"] = [0.4, 0.5, 0.56, 0.6, 0.63, 0.66, 0.68, 0.69, 0.7, 0.71] + [0.735 + 0.002 * (e % 3) for e in range(20)]
OPEN["val_accuracy"] = [a + 0.09 for a in OPEN["accuracy"]]
OPEN["loss"] = [1.8 * 0.9 ** e for e in range(10)] + [0.64 + 0.004 * (e % 4) for e in range(20)]
add("over-regularised", "yes-large-dropout", keras(OPEN, head="WARNING:tensorflow:Large dropout rate: 0.8 (>0.5). In TensorFlow 2.x, dropout() uses dropout rate instead of keep_prob."))

# --- known faulty programs and their repairs -------------------------------------------------------------------------------------------
def bars(run, steps=25):
    """Progress bars of Keras 2; the lines of keras() are those of Keras 3."""
    epochs = len(run["loss"])
    return "".join(f"Epoch {e + 1}/{epochs}\n{steps}/{steps} [==============================] - 2s 80ms/step - "
                   + " - ".join(f"{k}: {number(v[e])}" for k, v in run.items()) + "\n" for e in range(epochs))


# A rate that decays to nothing: few different shares of 600, and of 240 and 200 as well.
add("rotating-validation", "no-few-fractions", "".join(f"Test set: Epoch: {e + 1} Average loss: {l:.4f}, Accuracy: {k}/600 ({k / 6:.1f}%)\n"
    for e, (l, k) in enumerate([(2.0341, 219), (1.9987, 231), (1.9977, 230)] + [(1.9976, 230)] * 12)))

RESTS = [2149.2, 2134.7, 2129.1] + [2126.3 - 0.01 * e for e in range(12)]
add("head-loss-mismatch", "yes-beyond-bound", keras({"loss": RESTS, "accuracy": [0.0] * 15}),
    "model.add(Dense(5, input_dim=1, activation='sigmoid'))\nmodel.add(Dense(1, activation='sigmoid'))\nmodel.compile(loss='mean_squared_error', optimizer='sgd')")
add("head-loss-mismatch", "yes-relu-rests", keras({"loss": [0.9518, 0.7796, 0.6850, 0.6333, 0.6018] + [0.58 - 0.0005 * e for e in range(10)]}),
    "Dense(32, relu) Dense(6, relu) Dense(32, relu) Dense(16, relu)\nadam, mse, batch 64")
add("head-loss-mismatch", "no-autoencoder", keras({"loss": [0.0701 * 0.85 ** e + 0.012 for e in range(15)]}),
    "Dense(32, relu) Dense(784, sigmoid)\nadam, mse, images / 255")
add("head-loss-mismatch", "yes-softmax-before-logits", keras({"loss": [0.9211 + 0.006 * (e % 3) for e in range(12)], "accuracy": [0.53 - 0.003 * (e % 3) for e in range(12)]}),
    "def forward(self, x):\n    logits = self.linear(x)\n    return self.softmax(logits)\ncriterion = nn.CrossEntropyLoss()\n3 classes")
add("head-loss-mismatch", "no-relu-inside", keras(learn(60)),
    "class Block(nn.Module):\n  def forward(self, x):\n    return F.relu(self.conv(x))\nclass Net(nn.Module):\n  def forward(self, x):\n"
    "    x = self.block(x)\n    return F.log_softmax(self.fc(x), dim=1)\ncriterion = nn.CrossEntropyLoss()")
CLIMBING = {"loss": [8.13, 9.12, 10.1, 10.7, 11.0, 11.3, 11.8, 11.8, 11.7, 11.9], "accuracy": [0.0988, 0.1094, 0.092, 0.0963, 0.0975, 0.0956, 0.0938, 0.0975, 0.0956, 0.0944],
            "val_loss": [6.04, 9.67, 11.9, 12.9, 13.66, 12.66, 13.79, 13.79, 14.4257, 14.4257], "val_accuracy": [0.105, 0.1025, 0.1175, 0.105, 0.1025, 0.105, 0.1025, 0.105, 0.105, 0.105]}
add("head-loss-mismatch", "yes-clipped", keras(CLIMBING))
add("head-loss-mismatch", "yes-beside-large-inputs", bars(CLIMBING), "cifar10, (32,32,3) 0-255\nConv2D(16,3,relu) MaxPool Flatten Dense(128, relu) Dense(10)\n"
    "optimizer=Adam(), loss=sparse_categorical_crossentropy")
add("saturated-output", "yes-at-last", bars({k: [2.5 + 0.01 * e for e in range(10)] if k == "loss" else v for k, v in CLIMBING.items()}))
add("saturated-output", "no-by-chance", bars(CLIMBING | {"val_loss": CLIMBING["val_loss"][:9] + [14.4210]}))

PENALTY = {"loss": [44.35, 21.2, 9.1, 3.9, 1.7, 1.01, 0.81, 0.74, 0.7, 0.68, 0.67, 0.665], "accuracy": [0.622] + [0.633] * 11,
           "val_loss": [35.8, 15.4, 6.1, 2.6, 1.3, 0.9, 0.77, 0.72, 0.69, 0.68, 0.68, 0.67], "val_accuracy": [0.8333] + [0.6053] * 11}
add("over-regularised", "yes-penalty", keras(PENALTY), "Dense(64, relu, kernel_regularizer=l2(0.5)), Dense(1, sigmoid, kernel_regularizer=l2(0.5))\nadam, binary_crossentropy")
add("over-regularised", "no-light-penalty", keras(PENALTY), "Dense(64, relu, kernel_regularizer=l2(0.0001)), Dense(1, sigmoid)\nadam, binary_crossentropy")
DROPPED = learn(61, epochs=20, top=0.3)
DROPPED["val_accuracy"] = [a + 0.2 for a in DROPPED["accuracy"]]
add("over-regularised", "yes-most-units", keras(DROPPED), "Dense(128, relu), Dropout(0.8), Dense(10, softmax)")

add("validation-too-small", "no-calm", bars({"loss": [0.69 * 0.97 ** e for e in range(12)], "accuracy": [0.6 + 0.01 * e for e in range(12)],
                                             "val_loss": [0.69 * 0.975 ** e for e in range(12)], "val_accuracy": [69 / 114] * 12}), "114 validation images")
add("validation-too-small", "yes-sixteen", bars({"loss": [0.2099, 0.0997, 0.0711, 0.0628, 0.0565], "accuracy": [0.9176, 0.9634, 0.9728, 0.9749, 0.9787],
                                                 "val_loss": [0.2460, 0.3741, 0.1761, 0.3024, 0.1284], "val_accuracy": [0.875, 0.875, 0.875, 0.8125, 0.9375]}),
    "5216 training images, 16 validation images")
NOTHING = learn(62, epochs=10)
NOTHING["loss"][1] = NOTHING["accuracy"][1] = 0.0
add("input-exhausted", "yes-empty-epoch", ran_out(NOTHING))
INVALID = {"loss": [math.nan] * 6, "accuracy": [0.0987] + [0.099] * 5}
add("learning-rate-too-high", "yes-not-a-number", keras(INVALID), "model.compile(optimizer=SGD(learning_rate=3.0), loss='categorical_crossentropy')")
add("learning-rate-too-high", "no-not-a-number", keras(INVALID), "model.compile(optimizer=SGD(learning_rate=0.01), loss='categorical_crossentropy')")
add("learning-rate-too-high", "yes-five-epochs", bars({"loss": [0.2737, 0.3745, 0.4320, 0.4744, 0.5109], "acc": [0.9396, 0.9437, 0.9436, 0.9453, 0.9457],
                                                       "val_loss": [0.3734, 0.4586, 0.5077, 0.5647, 0.6130], "val_acc": [0.938, 0.9405, 0.939, 0.9385, 0.94]}))
add("learning-rate-too-high", "yes-stated-burst", keras({"loss": [35293.5, 1352.553] + [1352.552] * 10}), "sgd = SGD(lr=0.1)\nmodel.compile(loss='mse', optimizer=sgd)")
add("learning-rate-too-low", "yes-far-targets", keras({"loss": [17135978 - 520 * e for e in range(20)], "accuracy": [0.0] * 20}, steps=10),
    "model.compile(optimizer='rmsprop', loss='mean_squared_error')")
add("label-encoding", "yes-broadcast", "/usr/lib/python3.11/site-packages/torch/nn/modules/loss.py:630: UserWarning: Using a target size (torch.Size([32])) that is"
    " different to the input size (torch.Size([32, 1])). This will likely lead to incorrect results due to broadcasting.\n"
    + "".join(f"Epoch {e + 1} train_loss: {1.023 + 0.003 * (e % 3):.4f} val_loss: {0.95 + 0.003 * (e % 2):.4f}\n" for e in range(10)))
ORDER = {"loss": [1.6434, 1.1513, 0.7790, 0.5277, 0.3752, 0.2834, 0.2243, 0.1842], "accuracy": [0.4082, 0.8671, 0.9365, 0.9529, 0.9671, 0.9729, 0.9753, 0.9835],
         "val_loss": [1.8563, 2.0103, 2.2996, 2.6713, 3.0453, 3.3941, 3.71, 3.995], "val_accuracy": [0.2232, 0.1888, 0.1845] + [0.176] * 5}
add("preprocessing-mismatch", "yes-few-classes", keras(ORDER))
add("overfitting", "no-preprocessing-mismatch", keras(ORDER))
r = random.Random(63)
LARGE = {"loss": [1048.7, 228.6, 154.2] + [40 + 60 * r.random() for _ in range(27)], "accuracy": [0.45 + 0.2 * r.random() for _ in range(30)],
         "val_loss": [283.0, 98.0] + [20 + 90 * r.random() for _ in range(28)], "val_accuracy": [r.choice((0.35, 0.65, 0.7)) for _ in range(30)]}
add("inputs-not-normalised", "yes-costs", keras(LARGE))
add("inputs-not-normalised", "no-high-rate", keras(LARGE), "optimizer = Adam(0.5)")
add("vanishing-gradient", "no-sigmoid-output", keras(slow(6)), "12 x Dense 10 relu, Dense(1, activation='sigmoid')\n10 classes")
SLOWLY = [4.76, 3.38, 2.62, 1.84, 1.28, 0.90, 0.62, 0.46, 0.38, 0.29, 0.23, 0.18, 0.18, 0.16, 0.17, 0.19, 0.11, 0.10, 0.08, 0.04]
add("overfitting", "yes-noisy-rise", keras({"loss": SLOWLY, "val_loss": [3.89, 3.70, 3.18, 3.06, 2.76, 3.05, 2.83, 2.95, 3.05, 3.06, 3.09, 3.32, 3.82, 3.34, 3.19, 3.25,
                                                                        3.25, 3.45, 3.27, 3.78]}))
STOPPED = {"loss": [2.3257] + [2.3168] * 11, "accuracy": [0.121] + [0.128] * 11, "val_loss": [2.3079] * 12, "val_accuracy": [0.1517] * 12}
add("frozen-weights", "yes-stopped", keras(STOPPED), "10 classes")
add("constant-predictor", "no-frozen-weights", keras(STOPPED), "10 classes")
add("learning-rate-too-low", "yes-decayed", keras(STOPPED), "lr = keras.optimizers.schedules.ExponentialDecay(0.01, decay_steps=10, decay_rate=0.5)\n10 classes")
add("frozen-weights", "no-annealed", keras({k: v[:10] + v[9:10] * 8 for k, v in learn(64, epochs=10).items()}), "10 classes")
add("constant-predictor", "no-annealed", keras({k: v[:10] + v[9:10] * 8 for k, v in learn(64, epochs=10).items()}))

r = random.Random(70)
SLOW = {"loss": [2.308 - 0.0014 * e + 0.0006 * r.gauss(0, 1) for e in range(20)], "accuracy": [0.0976 + 0.0037 * e + 0.002 * r.gauss(0, 1) for e in range(20)],
        "val_loss": [2.3085 - 0.0009 * e for e in range(20)], "val_accuracy": [0.09 + 0.004 * e for e in range(16)] + [0.155] * 4}
add("constant-predictor", "no-slow-rise", keras(SLOW), "2500 training images, 600 validation images, 10 classes")
add("rotating-validation", "no-frozen-fraction", "epoch,accuracy,loss,val_accuracy,val_loss\n" + "".join(
    f"{e},0.10733333230018616,{2.3167645931243896 if e else 2.3224122524261475},0.11666666716337204,2.314699172973633\n" for e in range(12)),
    "1500 training images, 600 validation images, 10 classes\nbatch_size = 64")
PROBABILITIES = {"loss": [-0.143 - 0.33 * (1 - 0.8 ** e) for e in range(12)], "accuracy": [0.195 + 0.33 * (1 - 0.8 ** e) for e in range(12)]}
add("head-loss-mismatch", "yes-probabilities", keras(PROBABILITIES))
add("label-encoding", "no-probabilities", keras(PROBABILITIES))
ZERO = {"loss": [0.0] * 6, "categorical_accuracy": [0.642] * 6}
add("label-encoding", "yes-zero-targets", keras(ZERO))
add("head-loss-mismatch", "no-zero-targets", keras(ZERO))
OTHERS = {"loss": [0.1187, 4.17e-9, 4.17e-9, 4.17e-9], "accuracy": [0.0983, 0.099, 0.099, 0.099],
          "val_loss": [4881.37, 4883.01, 4883.02, 4883.04], "val_accuracy": [0.085] * 4}
add("label-encoding", "yes-other-labels", keras(OTHERS))
add("learning-rate-too-high", "no-label-encoding", keras(OTHERS))
add("head-loss-mismatch", "yes-sigmoid-twice", keras({"loss": [0.6089, 0.5270, 0.4941, 0.4812, 0.4747] + [0.4710 - 0.001 * e for e in range(10)],
                                                      "accuracy": [0.84, 0.94, 0.95, 0.96, 0.97] + [0.98] * 10}),
    "model = nn.Sequential(nn.Linear(30,16), nn.ReLU(), nn.Linear(16,1), nn.Sigmoid())\ncriterion = nn.BCEWithLogitsLoss()")
add("head-loss-mismatch", "no-hidden-sigmoids", keras(slow(7)), "20 x Dense 64 sigmoid\nloss='sparse_categorical_crossentropy'\n10 classes")
add("head-loss-mismatch", "no-made-in-another-order", keras(learn(71)), "self.fc1 = nn.Linear(784, 100)\nself.fc2 = nn.Linear(100, 10)\nself.relu = nn.ReLU()\n"
    "criterion = nn.CrossEntropyLoss()")
FORGOTTEN = learn(72, epochs=8)
FORGOTTEN["val_loss"] = [v if e % 2 == 0 else None for e, v in enumerate(FORGOTTEN["val_loss"])]
FORGOTTEN["val_accuracy"] = [v if e % 2 == 0 else None for e, v in enumerate(FORGOTTEN["val_accuracy"])]
add("input-exhausted", "yes-forgotten-validation", ran_out(FORGOTTEN))
THIRD = learn(73, epochs=11, classes=3, top=0.6)
THIRD["accuracy"] = [0.3249, 13 / 24] + [k / 64 for k in (21, 23, 31, 35, 20, 17, 19, 28, 33)]
add("input-exhausted", "yes-rest-in-the-third", keras(THIRD, steps=93))
TAIL = {"loss": [1.74, 1.46, 1.31, 1.21, 1.12, 1.05, 0.99, 0.93, 0.89, 0.84] + [0.8 * 0.97 ** e for e in range(20)],
        "accuracy": [0.4167] * 4 + [0.45, 0.7583, 0.8083] + [0.8333] * 23,
        "val_loss": [5.28, 4.75, 4.34, 3.92, 3.54, 3.16, 2.84, 2.55, 2.31, 2.06] + [1.99 * 0.985 ** e for e in range(20)],
        "val_accuracy": [0.0] * 19 + [0.0333, 0.0333, 0.0, 0.0667, 0.0667, 0.1333, 0.2, 0.0667, 0.1333, 0.2333, 0.1333]}
add("validation-split-tail", "yes-small-table", keras(TAIL, head="Train on 120 samples, validate on 30 samples"))
UNKNOWN = {"loss": [2.1346, 2.0671, 1.7573, 1.0938, 0.5849, 0.2812, 0.1466, 0.0772], "accuracy": [0.1333, 0.1771, 0.3858, 0.6658, 0.8775, 0.9729, 0.9842, 0.995],
           "val_loss": [5.9342, 6.4974, 11.2158, 15.5296, 18.707, 22.5479, 25.0628, 26.2245], "val_accuracy": [0.0, 0.0, 0.0217, 0.0683] + [0.0717] * 4}
add("validation-split-tail", "yes-ruled-out-at-once", keras(UNKNOWN), "3000 images in the order of their classes, 10 classes, the last 600 for validation")
add("overfitting", "yes-large-start", keras({"loss": [9.2223, 0.7228, 0.1336, 0.0342, 0.0087, 0.0038, 0.0021, 0.0015, 0.0013, 0.0011],
                                             "accuracy": [0.594, 0.8355, 0.954, 0.9885, 0.9985, 0.9995, 1.0, 1.0, 1.0, 1.0],
                                             "val_loss": [2.5691, 1.6693, 1.6783, 1.8945, 1.7877, 1.7515, 1.76, 1.77, 1.78, 1.79],
                                             "val_accuracy": [0.615, 0.664, 0.661, 0.651, 0.639, 0.671, 0.675, 0.677, 0.678, 0.675]}), "2 classes")
add("training-not-shuffled", "yes-last-class", keras({"loss": [1.2437, 1.2152, 1.0568, 0.9215, 0.8332, 0.7759, 0.7378, 0.7068], "accuracy": [0.683, 0.6763, 0.7287, 0.7713, 0.7923, 0.8077, 0.822, 0.8303],
                                                      "val_loss": [4.7553, 5.2578, 4.8215, 4.9005, 4.9977, 4.8741, 4.7514, 4.6969], "val_accuracy": [0.0933] * 6 + [0.095, 0.0967]}),
    "train_loader = DataLoader(train_set, batch_size=32, shuffle=False)\n10 classes")
add("batch-norm-mismatch", "yes-stated-momentum", keras({"loss": [1.9445, 1.0574, 0.7514, 0.5745, 0.4446, 0.35, 0.2768, 0.22, 0.17, 0.14, 0.12, 0.0991],
                                                         "accuracy": [0.3473, 0.7407, 0.84, 0.894, 0.938, 0.96, 0.9793, 0.985, 0.99, 0.995, 0.997, 0.998],
                                                         "val_loss": [5.3877, 3.0773, 2.0974, 1.5481, 1.2331, 1.1, 1.0182, 1.0, 0.98, 0.97, 0.96, 0.9461],
                                                         "val_accuracy": [0.288, 0.384, 0.484, 0.554, 0.614, 0.64, 0.656, 0.66, 0.664, 0.67, 0.674, 0.678]}, steps=12),
    "Conv2D(16,3) BatchNormalization(momentum=0.999) relu Dense(10 softmax)\n1500 training images, batch_size 128")
add("constant-input", "yes-cast-behind", keras(constant(74)), "x_train shape (4000, 28, 28) uint8\nx_train = (x_train // 255).astype('float32')\n10 classes")
add("learning-rate-too-high", "yes-dead-regression", keras({"loss": [25.56, 16.65, 13.92] + [12.9432] * 12, "val_loss": [17.54, 13.05] + [13.0799] * 13}),
    "target: continuous\noptimizer SGD(lr=0.2)\nloss='mse'")
HEART = {"loss": [2.3103, 2.2927, 2.2828, 2.2651, 2.2493, 2.2288, 2.2066, 2.18, 2.1497, 2.1119, 2.0708, 2.0193] + [1.95 * 0.88 ** e for e in range(18)],
         "accuracy": [0.1, 0.11, 0.135, 0.1975, 0.2225, 0.3125, 0.3225, 0.4, 0.45, 0.4875, 0.5075, 0.55] + [min(0.993, 0.56 + 0.03 * e) for e in range(18)],
         "val_loss": [2.303] * 12 + [2.31 + 0.03 * e for e in range(18)], "val_accuracy": [0.108, 0.108, 0.106, 0.113] + [0.12 + 0.001 * (e % 18) for e in range(26)]}
add("preprocessing-mismatch", "no-overfitting", keras(HEART))
add("stopped-too-early", "no-smoothed-labels", bars({"loss": [1.3198, 1.1493, 1.1349, 1.1247, 1.119, 1.1153, 1.1101, 1.1092, 1.1051, 1.1029], "accuracy": [0.7899, 0.8897, 0.8978, 0.9045, 0.9068, 0.9084, 0.9127, 0.9145, 0.9177, 0.9189],
                                                     "val_loss": [1.128, 1.111, 1.1046, 1.0997, 1.0954, 1.094, 1.0909, 1.0905, 1.0893, 1.0874], "val_accuracy": [0.8856, 0.8948, 0.8973, 0.9027, 0.9051, 0.9066, 0.9105, 0.9116, 0.9099, 0.9106]}))
add("inputs-not-normalised", "yes-columns", keras(INVALID), "columns year built (1900..2010), area (500..9000), rooms\nSGD(0.0001), mse")

add("learning-rate-too-high", "yes-dead-at-once", keras({"loss": [2.8992] + [2.3144] * 7, "accuracy": [0.0987] + [0.095] * 7,
                                                         "val_loss": [2.3143] * 8, "val_accuracy": [0.11] * 8}))
add("frozen-weights", "no-creeping", keras({"loss": [1.1031] * 4 + [1.103] * 6, "accuracy": [0.3253 + 0.0003 * e for e in range(10)],
                                            "val_loss": [1.1049] * 3 + [1.1048] * 7, "val_accuracy": [0.3217 - 0.0005 * (e % 3) for e in range(10)]}))
add("preprocessing-mismatch", "yes-same-answer", keras({"loss": [2.2868, 2.2032, 1.9059, 1.3604, 0.9123, 0.6418, 0.4639, 0.337, 0.2453, 0.1804, 0.1359, 0.1045],
                                                        "accuracy": [0.1287, 0.2747, 0.4587, 0.6603, 0.7933, 0.9133, 0.9617, 0.9793, 0.9877, 0.9917, 0.9927, 0.995],
                                                        "val_loss": [2.3026, 2.3027, 2.3053, 2.3251, 2.3867, 2.4724, 2.5654, 2.656, 2.7395, 2.802, 2.8462, 2.8853],
                                                        "val_accuracy": [0.098, 0.098, 0.1147] + [0.1027] * 9}))
add("batch-norm-mismatch", "yes-slow-start", keras({"loss": [2.7737, 2.372, 2.1179, 1.9157, 1.7409, 1.5936, 1.4646, 1.3537], "accuracy": [0.095, 0.1533, 0.2333, 0.3117, 0.3983, 0.4683, 0.5533, 0.6367],
                                                    "val_loss": [2.3973 - 0.0095 * e for e in range(8)], "val_accuracy": [0.0883, 0.0867, 0.0867, 0.085, 0.09, 0.0883, 0.0867, 0.09]}, steps=5),
    "batch-norm-momentum: 0.999\n600 training images, batch 128, 10 classes")
FEW = learn(75, epochs=10, top=0.13)
FEW["accuracy"] = [0.0978, 0.125] + [7 / 64] * 6 + [8 / 64] * 2
add("input-exhausted", "yes-few-batches", ran_out(FEW))

L1 = {"loss": [8.8683] + [2.4524] * 9, "accuracy": [0.1015, 0.0962, 0.0973, 0.0997, 0.0995, 0.0974, 0.1, 0.098, 0.0991, 0.0987],
      "val_loss": [2.4522, 2.4521, 2.4527, 2.4515, 2.4528, 2.4528, 2.4526, 2.4521, 2.4525, 2.4524], "val_accuracy": [0.1] * 10}
add("constant-predictor", "yes-penalised", keras(L1))
add("learning-rate-too-high", "no-penalty", keras(L1))
add("head-loss-mismatch", "yes-sigmoid-into-softmax", "".join(f"Epoch {e + 1}: train_loss: {a:.4f}, val_loss: {b:.4f}, val_acc: {c:.4f}\n" for e, (a, b, c) in enumerate([
    (1.4692, 1.2718, 0.8281), (1.1825, 1.1553, 0.9375), (1.1019, 1.1577, 0.9045), (1.0721, 1.1445, 0.8976), (1.064, 1.1176, 0.9375), (1.058, 1.1135, 0.9427),
    (1.0564, 1.1032, 0.9549), (1.0576, 1.1075, 0.9514)])))
add("head-loss-mismatch", "no-hidden-relu", keras(learn(80)), "MLP 784-256-256-25 relu, Adam 1e-4, CrossEntropyLoss")
XOR = {"loss": [0.26 * 0.8 ** e for e in range(20)], "accuracy": [0.5, 0.75] + [1.0] * 18}
add("head-loss-mismatch", "no-done", keras(XOR), "2 -> 4 sigmoid -> 1 sigmoid\nmodel.compile(loss='mse', optimizer=Adam(0.1))\n2 classes")
HEAD = learn(81, epochs=12, classes=2, top=0.66)
add("inputs-scaled-twice", "yes-efficientnet", keras(HEAD), "EfficientNetB0(weights='imagenet', include_top=False), base_model.trainable = False\n"
    "ImageDataGenerator(rescale=1./255) for training\n2 classes")
add("inputs-scaled-twice", "no-resnet", keras(HEAD), "ResNet50(weights='imagenet', include_top=False), base_model.trainable = False\n"
    "ImageDataGenerator(rescale=1./255) for training\n2 classes")
UNLEARNS = {"loss": [1.8834, 1.6934, 1.5, 1.35, 1.2, 1.05, 0.92, 0.8, 0.7, 0.62], "accuracy": [0.5373, 0.5765, 0.62, 0.66, 0.7, 0.73, 0.76, 0.79, 0.82, 0.84],
            "val_loss": [3.5359, 4.5137, 5.2, 5.6, 5.9, 6.1, 6.2, 6.3, 6.4, 6.4], "val_accuracy": [0.2794, 0.1049, 0.06, 0.04, 0.03, 0.025, 0.02, 0.02, 0.02, 0.02]}
add("batch-norm-mismatch", "yes-unlearns", keras(UNLEARNS), "ResNet50 ImageNet, BatchNormalization layers included\n102 classes")
add("overfitting", "no-unlearns", keras(UNLEARNS), "102 classes")
add("validation-split-tail", "no-unlearns", keras(UNLEARNS), "102 classes")
FLIPS = {"loss": [0.4028, 0.2969, 0.2749, 0.2494, 0.208, 0.2268, 0.199, 0.1803, 0.1754, 0.17], "accuracy": [0.8382, 0.8986, 0.9053, 0.9161, 0.9319, 0.9257, 0.9367, 0.9454, 0.9446, 0.95],
         "val_loss": [3.2823, 3.2748, 1.5959, 0.7951, 0.8857, 0.6463, 3.3797, 12.1248, 0.4379, 0.6], "val_accuracy": [0.743, 0.743, 0.4621, 0.7411, 0.7814, 0.581, 0.35, 0.257, 0.8351, 0.78]}
add("batch-norm-mismatch", "yes-flips", keras(FLIPS), "2 classes")
add("batch-norm-mismatch", "no-crossing", keras(learn(82, epochs=16)))
NEVER = {"loss": [0.1075, 0.0741, 0.0706, 0.0725, 0.0736], "acc": [0.8786, 0.9030, 0.9110, 0.9046, 0.9020], "recall": [0.0] * 5,
         "val_loss": [0.0674, 0.0517, 0.0636, 0.0721, 0.0634], "val_acc": [0.9079] * 5, "val_recall": [0.0] * 5}
add("class-imbalance", "yes-recall", bars(NEVER))
add("class-imbalance", "no-some-recall", bars(NEVER | {"val_recall": [0.0, 0.0, 0.2, 0.4, 0.5], "recall": [0.0, 0.1, 0.2, 0.4, 0.5]}))
add("learning-rate-too-low", "yes-decay", keras({"loss": [0.6884 - 0.002 * e - 0.0005 * (e % 3) for e in range(12)], "accuracy": [0.5868 + 0.003 * e for e in range(12)]}, steps=300),
    "gradientDescent = SGD(lr=0.01, decay=0.96)")
add("input-exhausted", "no-short-batches", bars({"loss": [0.69 * 0.95 ** e for e in range(12)], "acc": [0.53 + 0.02 * e for e in range(12)], "val_loss": [0.67 * 0.96 ** e for e in range(12)],
                                                 "val_acc": [204 / 384, 236 / 370, 247 / 370, 253 / 370, 219 / 384, 265 / 370, 271 / 370, 270 / 384, 280 / 370, 284 / 370, 281 / 370, 290 / 370]}))

LATER = {"loss": [1.4834, 1.4159, 1.2676, 0.7666, 0.3651, 0.1795, 0.1022, 0.0685, 0.0485, 0.0382, 0.0291, 0.0266],
         "accuracy": [0.2446, 0.3854, 0.5088, 0.8875, 0.9708, 0.9829, 0.9846, 0.985, 0.9862, 0.9892, 0.9917, 0.9954],
         "val_loss": [4.3618, 4.0962, 4.8774, 4.7176, 3.5102, 2.9861, 2.1146, 1.5276, 1.0692, 1.1796, 0.674, 0.7495],
         "val_accuracy": [0.0] * 7 + [0.035, 0.4567, 0.3717, 0.8133, 0.7633]}
add("validation-split-tail", "yes-learned-later", keras(LATER))
add("batch-norm-mismatch", "no-learned-later", keras(LATER))
ZEROS = {"loss": [2.3054] + [2.3012 - 0.0004 * e for e in range(9)], "accuracy": [0.098, 0.102, 0.113, 0.109, 0.112, 0.111, 0.108, 0.112, 0.11, 0.112],
         "val_loss": [2.3059 - 0.0003 * e for e in range(10)], "val_accuracy": [0.105] * 10}
add("learning-rate-too-high", "no-zero-input", keras(ZEROS))


def single(x):
    """The nearest float32, as CSVLogger writes it."""
    return struct.unpack("f", struct.pack("f", x))[0]


def csv(run):
    """CSVLogger with all digits."""
    rows = zip(*([single(x) for x in run[k]] for k in run))
    return ",".join(["epoch", *run]) + "\n" + "".join(f"{e}," + ",".join(str(x) for x in row) + "\n" for e, row in enumerate(rows))


add("rotating-validation", "yes-one-batch-left-out", csv(rotating(73, 589, 32, 18, epochs=45, easy=0.95, hard=0.9)))
add("rotating-validation", "no-healthy-all-digits", csv(learn(74, epochs=45, images=589)))

# ------------------------------------------------------------------------------------------------ what the ninth lot taught
PASSES = {"loss": [0.31, 0.13, 0.08, 0.06], "accuracy": [0.862, 0.951, 0.97, 0.978], "val_loss": [0.22, 0.23, 0.26, 0.25], "val_accuracy": [0.92, 0.935, 0.94, 0.94]}
STEPS = "9000 training images, 1500 validation images, 2 classes\nbatch_size = 32\nsteps_per_epoch = 9000"
add("training-steps-mismatch", "yes-32-passes", keras(PASSES, steps=9000), STEPS)
add("training-steps-mismatch", "no-images-counted", "Train on 9000 samples, validate on 1500 samples\n" + keras(PASSES, steps=9000), "2 classes\nbatch_size = 32")

DIGITS = {"loss": [0.41, -3.2, -21.5, -88.0, -240.0, -610.0]}
add("inputs-not-normalised", "yes-autoencoder", keras(DIGITS), "variational autoencoder for 12 x 12 pictures, grey levels 0 to 16\nloss: binary_crossentropy")
add("label-encoding", "no-autoencoder", keras(DIGITS), "variational autoencoder for 12 x 12 pictures, grey levels 0 to 16\nloss: binary_crossentropy")
add("inputs-not-normalised", "info-over-it-soon", keras({"loss": [5.1, 0.21, 0.15, 0.12, 0.09, 0.07, 0.06], "accuracy": [0.85, 0.93, 0.945, 0.955, 0.966, 0.974, 0.98],
                                                       "val_loss": [0.31, 0.17, 0.14, 0.13, 0.125, 0.12, 0.122], "val_accuracy": [0.86, 0.94, 0.95, 0.953, 0.957, 0.96, 0.961]}),
    "pixels 0..255\n2 classes\n1500 validation images")

LETTERS = learn(75, epochs=14, classes=24, top=0.9)
add("preprocessing-mismatch", "yes-last-evaluation", keras(LETTERS) + "300/300 - 2s - loss: 655.2 - accuracy: 0.3810\n", "24 classes")
add("preprocessing-mismatch", "no-last-evaluation", keras(LETTERS) + "300/300 - 2s - loss: 0.55 - accuracy: 0.8310\n", "24 classes")

YEARS = [14.9, 11.2, 10.1, 9.3, 8.8, 8.4, 8.1, 7.9]
PAIR = {"loss": [y + 0.6 - 0.03 * e for e, y in enumerate(YEARS)], "sex_loss": [0.6 - 0.03 * e for e in range(8)], "age_loss": YEARS,
        "sex_accuracy": [0.63 + 0.025 * e for e in range(8)], "age_accuracy": [0.041, 0.037, 0.04, 0.042, 0.042, 0.041, 0.042, 0.042], "age_mae": YEARS}
add("metric-mismatch", "yes-one-output-of-two", keras(PAIR))
add("metric-mismatch", "no-classes-by-distance", keras({**PAIR, "age_accuracy": [0.2 + 0.08 * e for e in range(8)]}))

YES = {"val_loss": [0.6271, 0.6198, 0.6203, 0.6196], "val_accuracy": [0.6842] * 4, "val_precision": [0.6842] * 4, "val_recall": [1.0] * 4}
add("constant-predictor", "yes-recall-is-one", keras(YES))
add("constant-predictor", "no-recall-is-less", keras({**YES, "val_precision": [0.71, 0.74, 0.75, 0.77], "val_recall": [0.97, 0.95, 0.93, 0.93], "val_accuracy": [0.70, 0.72, 0.73, 0.75]}))
add("constant-predictor", "yes-a-class-that-is-not-there", keras({"loss": [6.1, 6.0, 4.2] + [2.3026] * 6, "accuracy": [0.21, 0.19, 0.15] + [0.0013, 0.0009, 0.0011, 0.0012, 0.001, 0.0011],
                                                                 "val_loss": [5.9, 5.8] + [2.3026] * 7, "val_accuracy": [0.2, 0.2, 0.004] + [0.001, 0.0, 0.001, 0.001, 0.0, 0.001]}))
add("constant-predictor", "yes-steps-waver-about-it", keras({"loss": [811.0, 2.09, 2.11, 2.05, 2.12, 2.10], "accuracy": [0.11, 0.12, 0.13, 0.12, 0.14, 0.12],
                                                            "val_loss": [4120.0, 2.14, 2.0802, 2.0811, 2.0835, 2.0921], "val_accuracy": [0.16] + [0.125] * 5}))
CREEP = {"loss": [1.7905 - 0.0002 * e for e in range(60)], "accuracy": [0.18 + 0.0005 * e for e in range(57)] + [0.21] * 3,
         "val_loss": [1.7911 - 0.00008 * e for e in range(60)], "val_accuracy": [0.17 + 0.0006 * e for e in range(56)] + [0.205] * 4}
add("constant-predictor", "no-falls-all-the-way", csv(CREEP), "6 classes")
add("constant-predictor", "yes-fell-back", keras({"loss": [2.19] + [2.3027, 2.3026, 2.3027, 2.3025, 2.3026, 2.3027, 2.3026, 2.3026]}), "10 classes")

TUNED = {"loss": [1.4102 - 0.019 * e for e in range(10)], "accuracy": [0.23 + 0.016 * e for e in range(10)],
         "val_loss": [1.4021 - 0.017 * e for e in range(10)], "val_accuracy": [0.25 + 0.014 * e for e in range(10)]}
add("learning-rate-too-low", "yes-stated-and-slow", keras(TUNED), "4 classes, 200 training images, 200 validation images\nAdam, learning rate 0.00001")
add("learning-rate-too-low", "no-stated-and-learns", keras(learn(76, epochs=10, classes=4)), "4 classes, 200 training images, 2000 validation images\nAdam, learning rate 0.00001")

r = random.Random(76)
add("learning-rate-too-high", "yes-absurd-first-epoch", keras({"loss": [4.2e10] + [8 + 9 * r.random() for e in range(10)], "accuracy": [0.5 + 0.06 * r.gauss(0, 1) for e in range(11)],
                                                              "val_loss": [6 + 20 * r.random() for e in range(11)], "val_accuracy": [rounded(0.5 + 0.07 * r.gauss(0, 1), 80) for e in range(11)]}))

r = random.Random(77)
WIDE = {"loss": [1.9 * math.exp(-e / 8) for e in range(30)], "accuracy": [0.35 + 0.63 * (1 - math.exp(-e / 8)) for e in range(30)],
        "val_loss": [1.5 - 0.7 * (1 - math.exp(-e / 5)) + (0.008 * max(0, e - 15)) + 0.14 * r.gauss(0, 1) * (e > 9) for e in range(30)],
        "val_accuracy": [0.4 + 0.34 * (1 - math.exp(-e / 8)) + 0.012 * r.gauss(0, 1) for e in range(30)]}
add("overfitting", "yes-validation-gains-little", keras(WIDE), "600 validation images, 6 classes")
PADDED = {"loss": [4.1 * math.exp(-e / 12) for e in range(60)], "accuracy": [0.76 - 0.36 * min(1, e / 30) for e in range(60)],
          "val_loss": [4.0 - 0.1 * e for e in range(9)] + [3.2 + 0.05 * e for e in range(51)], "val_accuracy": [0.74 - 0.5 * min(1, e / 30) for e in range(60)]}
add("overfitting", "yes-padding-counts", keras(PADDED))
add("head-loss-mismatch", "no-padding-counts", keras(PADDED))
add("training-set-too-small", "yes-thirty-pairs", keras(PADDED), "28 training samples, 7 for validation")

r = random.Random(78)
JUMPY = {"loss": [1.8 * math.exp(-e / 6) + 0.05 for e in range(24)], "accuracy": [0.4 + 0.57 * (1 - math.exp(-e / 5)) for e in range(24)],
         "val_loss": [2.3 + 6 * r.random() ** 2 for e in range(24)], "val_accuracy": [0.14 + 0.46 * r.random() * min(1, 0.3 + e / 10) for e in range(24)]}
add("batch-norm-mismatch", "yes-jumps-at-97", keras(JUMPY), "600 validation images")

HASTY = {"loss": [1.33, 1.12, 0.98, 0.87], "accuracy": [0.36, 0.5, 0.58, 0.63], "val_loss": [1.25, 1.09, 1.04, 1.09], "val_accuracy": [0.4, 0.51, 0.56, 0.55]}
add("stopped-too-early", "yes-no-patience", keras(HASTY, announced=20), "EarlyStopping on val_loss with 0 patience\n4 classes\n1400 validation images")
add("stopped-too-early", "no-patience", keras(HASTY, announced=20), "EarlyStopping(monitor='val_loss', patience=5)\n4 classes\n1400 validation images")

r = random.Random(79)
PIXELS = {"loss": [1.66 + 0.28 * math.exp(-e / 3) + 0.004 * r.gauss(0, 1) for e in range(40)], "accuracy": [0.43 - 0.1 * math.exp(-e / 3) for e in range(40)],
          "val_loss": [1.79 + 0.015 * r.gauss(0, 1) for e in range(40)], "val_accuracy": [0.38 + 0.006 * r.gauss(0, 1) for e in range(40)]}
add("underfitting", "yes-pixels-alone", keras(PIXELS), "10 classes, 10000 validation images\nno hidden layer: Dense(10, softmax) on the pixels")
add("underfitting", "no-overfitting-a-little", keras(PIXELS), "10 classes, 10000 validation images")

NEARLY = learn(80, epochs=30, classes=10, top=0.95, images=240)
add("stochastic-validation", "info-nearly-the-whole", keras(NEARLY, steps=34), "1097 training images, 272 validation images, 10 classes, batch 32, shuffle=True on both sides\nvalidation_steps = 8")
add("fixed-partial-validation", "no-shuffled", keras(NEARLY, steps=34), "1097 training images, 272 validation images, 10 classes, batch 32, shuffle=True on both sides\nvalidation_steps = 8")
add("rotating-validation", "info-parts-alike", csv(rotating(81, 203 * 128 + 48, 128, 100, epochs=20, easy=0.93, hard=0.93, classes=10)))

RESTS = {"loss": [0.68 - 0.25 * (1 - math.exp(-e / 6)) for e in range(30)], "accuracy": [0.55 + 0.34 * (1 - math.exp(-e / 6)) for e in range(30)],
         "val_loss": [0.69 - 0.25 * (1 - math.exp(-e / 6)) for e in range(30)], "val_accuracy": [0.54 + 0.34 * (1 - math.exp(-e / 6)) for e in range(30)]}
add("head-loss-mismatch", "yes-softmax-of-two-rests", keras(RESTS), "2 classes\nConv 64, global average pooling, Linear(64, 2), then softmax\nCrossEntropyLoss, Adam 0.0005")
SAME = {"loss": [2.3031] * 9, "accuracy": [0.0962] * 9, "val_loss": [2.3029] * 9, "val_accuracy": [0.0921] * 9}
add("frozen-weights", "yes-softmax-twice-besides", keras(SAME), "10 classes\nLinear(784, 100), ReLU, Linear(100, 10), Softmax(dim=1)\nnn.CrossEntropyLoss(), Adam 0.001")
add("head-loss-mismatch", "no-frozen-from-the-start", keras(SAME), "10 classes\nLinear(784, 100), ReLU, Linear(100, 10), Softmax(dim=1)\nnn.CrossEntropyLoss(), Adam 0.001")

LAST = {"loss": [1.371, 1.312, 1.263], "accuracy": [0.322, 0.341, 0.358], "val_loss": [1.99, 2.02, 2.41], "val_accuracy": [0.0] * 3}
add("validation-split-tail", "yes-three-epochs", "Train on 160 samples, validate on 40 samples\n" + keras(LAST), "4 classes\nvalidation_split = 0.2")
LEAPS = {"loss": [0.9 - 0.05 * e for e in range(10)], "accuracy": [0.62 + 0.02 * e for e in range(10)],
         "val_loss": [7.1, 2.9, 0.7, 0.6, 2.1, 0.5, 0.75, 4.3, 1.1, 0.7], "val_accuracy": [0.56, 0.55, 0.6, 0.67, 0.66, 0.77, 0.71, 0.63, 0.67, 0.73]}
add("validation-too-small", "no-loss-leaps", keras(LEAPS), "800 training images, 200 validation images, 2 classes")


def main(out):
    shutil.rmtree(out, ignore_errors=True)
    for name, text in OUT.items():
        path = os.path.join(out, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", newline="\n") as f:
            f.write(text)
    print(len(OUT), "files")


if __name__ == "__main__":
    main(sys.argv[1])
