"""Trains small networks with PyTorch in loops as people write them, each with one fault injected and beside it healthy twins.

    python torch_runs.py OUT [--seeds N] [--first SEED] [--only FAULT] [--shuffle]      # about 35 logs a seed, two seconds each

Every run gives NAME.log in one of six styles of printing (or NAME.csv, NAME.json), NAME.facts (what its author would state) and a line
in labels.csv: file, fault, and other findings that would be right as well, separated by blanks.
"""
import csv
import json
import math

import numpy as np
import torch
from torch import nn

from cases import Case, fault, main
from pictures import textures

torch.set_num_threads(1)


def mlp(inputs, units, hidden=(64, 32), activation=nn.ReLU, dropout=0.0, norm=None):
    layers, width = [nn.Flatten()], inputs
    for h in hidden:
        layers.append(nn.Linear(width, h))
        if norm is not None:
            layers.append(nn.BatchNorm1d(h, momentum=norm))
        layers.append(activation())
        if dropout:
            layers.append(nn.Dropout(dropout))
        width = h
    layers.append(nn.Linear(width, units))
    return nn.Sequential(*layers)


def cnn(units, filters=(8, 16), dropout=0.0, norm=None):
    layers, width = [], 1
    for f in filters:
        layers.append(nn.Conv2d(width, f, 3, padding=1))
        if norm is not None:
            layers.append(nn.BatchNorm2d(f, momentum=norm))
        layers += [nn.ReLU(), nn.MaxPool2d(2)]
        width = f
    layers += [nn.Flatten(), nn.Dropout(dropout), nn.Linear(9 * width, 32), nn.ReLU(), nn.Linear(32, units)]
    return nn.Sequential(*layers)


class Run(Case):
    def __init__(self, out, fault, seed):
        super().__init__(out, fault, seed, np.random.default_rng(7000 * (seed + 1) + sum(map(ord, fault))))
        torch.manual_seed(seed * 131 + len(fault))
        self.style = int(self.rng.integers(0, 9))
        self.rows, self.text = [], []

    def data(self, *args, **kw):
        x, y, xv, yv = super().data(*args, **kw)
        turn = lambda a: torch.from_numpy(np.moveaxis(a, 3, 1).copy())
        return turn(x), torch.from_numpy(y), turn(xv), torch.from_numpy(yv)

    def network(self, shape, units, **kw):
        return cnn(units, **kw) if self.rng.random() < 0.5 else mlp(math.prod(shape), units, **kw)

    def fit(self, net, x, y, xv, yv, rate=1e-3, optimizer="Adam", epochs=None, batch=None, loss=None, decay=None, evaluate=True, hits=None,
            step=True, window=None, stop=None, order=True, mean=False, **kw):
        batch = batch or int(self.rng.choice([32, 64]))
        epochs = epochs or int(self.rng.choice([10, 15, 20]))
        loss = loss or nn.CrossEntropyLoss()
        optim = getattr(torch.optim, optimizer)(net.parameters(), lr=rate, **kw)
        self.say(f"optimizer {optimizer}(lr={rate:g}), batch {batch}")
        hits = hits or (lambda z, t: (z.argmax(1) == t).float())
        best, since = math.inf, 0
        for epoch in range(1, epochs + 1):
            net.train()
            total = right = 0.0
            index = torch.randperm(len(x)) if order else torch.arange(len(x))
            lines = []
            for b, part in enumerate(index.split(batch)):
                optim.zero_grad()
                z = net(x[part])
                l = loss(z, y[part])
                if step:
                    l.backward()
                    optim.step()
                h = hits(z.detach(), y[part]).sum().item()
                total += l.item() * len(part)
                right += h
                if b % 20 == 0:
                    lines.append((b, l.item()))
            row = dict(epoch=epoch, loss=total / len(x), accuracy=right / len(x))
            if evaluate:
                net.eval()
                with torch.no_grad():
                    at = torch.arange(len(xv)) if window is None else window(epoch - 1)
                    z = net(xv[at])
                    row["val_loss"] = loss(z, yv[at]).item()
                    row["val_accuracy"] = hits(z, yv[at]).mean().item()
            if decay is not None:
                for group in optim.param_groups:
                    group["lr"] = decay(epoch)
            self.rows.append((row, lines, (len(x) + batch - 1) // batch))
            if stop and evaluate:
                since = 0 if row["val_loss"] < best else since + 1
                best = min(best, row["val_loss"])
                if since >= stop:
                    self.text.append("early stopping")
                    break
        self.epochs = epochs
        return net

    def render(self):
        out = []
        accuracy = not any(math.isnan(r["accuracy"]) for r, _, _ in self.rows) and self.metrics
        for r, lines, count in self.rows:
            e, val = r["epoch"], "val_loss" in r
            t = f"Train Loss: {r['loss']:.4f}"
            if self.style == 0:
                out.append(f"Epoch [{e}/{self.epochs}], " + t + (f", Train Acc: {100 * r['accuracy']:.2f}%" if accuracy else "")
                           + (f", Val Loss: {r['val_loss']:.4f}" + (f", Val Acc: {100 * r['val_accuracy']:.2f}%" if accuracy else "")
                              if val else ""))
            elif self.style == 1:
                out += [f"Epoch {e - 1}/{self.epochs - 1}", "-" * 10,
                        f"train Loss: {r['loss']:.4f}" + (f" Acc: {r['accuracy']:.4f}" if accuracy else "")]
                if val:
                    out.append(f"val Loss: {r['val_loss']:.4f}" + (f" Acc: {r['val_accuracy']:.4f}" if accuracy else ""))
                out.append("")
            elif self.style == 2:
                out.append(f"epoch {e:3d} | loss {r['loss']:.5f}" + (f" | acc {r['accuracy']:.4f}" if accuracy else "")
                           + (f" | val_loss {r['val_loss']:.5f}" + (f" | val_acc {r['val_accuracy']:.4f}" if accuracy else "") if val else ""))
            elif self.style == 3:
                out += [f"Epoch: {e} [{b}/{count}] loss: {l:.4f}" for b, l in lines]
                out.append(f"Epoch: {e:02d} | {t}" + (f" | Train Acc: {100 * r['accuracy']:.2f}%" if accuracy else ""))
                if val:
                    out.append(f"\t Val. Loss: {r['val_loss']:.3f}" + (f" |  Val. Acc: {100 * r['val_accuracy']:.2f}%" if accuracy else ""))
            elif self.style == 4:
                out += [f"Train Epoch: {e} [{b * 64}/{self.n} ({100 * b // count}%)]\tLoss: {l:.6f}" for b, l in lines]
                out.append(f"====> Epoch: {e} train_loss={r['loss']:.6f}" + (f", train_acc={r['accuracy']:.4f}" if accuracy else "")
                           + (f", valid_loss={r['val_loss']:.6f}" + (f", valid_acc={r['val_accuracy']:.4f}" if accuracy else "") if val else ""))
            elif self.style == 5:
                out.append(f"[{e}] train: loss {r['loss']:.3f}" + (f" acc {100 * r['accuracy']:.1f}" if accuracy else "")
                           + (f"  valid: loss {r['val_loss']:.3f}" + (f" acc {100 * r['val_accuracy']:.1f}" if accuracy else "") if val else ""))
            elif self.style == 6:
                out.append(f"2024-03-01 12:{e:02d}:00,123 INFO Epoch {e}: loss={r['loss']:.4f}"
                           + (f" accuracy={r['accuracy']:.4f}" if accuracy else "")
                           + (f" val_loss={r['val_loss']:.4f}" + (f" val_accuracy={r['val_accuracy']:.4f}" if accuracy else "") if val else ""))
        return "\n".join(out + self.text) + "\n"

    metrics = True

    def finish(self, labels):
        name = f"t-{self.fault}-{self.seed}"
        rows = [{k: v for k, v in r.items() if self.metrics or "accuracy" not in k} for r, _, _ in self.rows]
        if self.style == 7:
            with open(self.file(name + ".csv"), "w", newline="") as f:
                w = csv.DictWriter(f, rows[0].keys())
                w.writeheader()
                w.writerows(rows)
        elif self.style == 8:
            with open(self.file(name + ".json"), "w") as f:
                json.dump({k: [r[k] for r in rows] for k in rows[0] if k != "epoch"}, f)
        else:
            with open(self.file(name + ".log"), "w") as f:
                f.write(self.render())
        self.label(name, labels)


@fault
def healthy_plain(r):
    x, y, xv, yv = r.data(n=3000)
    r.fit(r.network(x.shape[1:], r.classes), x, y, xv, yv, epochs=int(r.rng.choice([5, 8, 10])))


@fault
def healthy_dropout(r):
    x, y, xv, yv = r.data(n=3000)
    r.say("dropout 0.4")
    r.fit(r.network(x.shape[1:], r.classes, dropout=0.4), x, y, xv, yv, epochs=15)


@fault
def healthy_batchnorm(r):
    x, y, xv, yv = r.data(n=3000)
    r.say("batch normalisation")
    r.fit(r.network(x.shape[1:], r.classes, norm=0.1), x, y, xv, yv, epochs=6)


@fault
def healthy_sgd(r):
    x, y, xv, yv = r.data(n=3000)
    r.fit(r.network(x.shape[1:], r.classes), x, y, xv, yv, optimizer="SGD", rate=0.05, momentum=0.9, epochs=8)


@fault
def healthy_decayed(r):
    x, y, xv, yv = r.data(n=2500, noise=1.0)
    r.fit(r.network(x.shape[1:], r.classes, dropout=0.3), x, y, xv, yv, optimizer="SGD", rate=0.1,
          decay=lambda e: 0.1 if e < 10 else 0.01, epochs=20)


@fault
def healthy_early_stopped(r):
    x, y, xv, yv = r.data(n=3000, noise=1.2)
    r.fit(r.network(x.shape[1:], r.classes, dropout=0.2), x, y, xv, yv, stop=3, epochs=60)


@fault
def healthy_small_validation(r):
    x, y, xv, yv = r.data(n=3000, v=300, noise=1.0)
    r.fit(r.network(x.shape[1:], r.classes), x, y, xv, yv, epochs=10)


@fault
def healthy_weight_decay(r):
    x, y, xv, yv = r.data(n=3000, noise=1.4)
    r.fit(r.network(x.shape[1:], r.classes, dropout=0.5), x, y, xv, yv, optimizer="AdamW", rate=1e-3, weight_decay=0.05, epochs=20)


@fault
def healthy_short(r):
    x, y, xv, yv = r.data(n=3000, noise=0.8)
    r.fit(r.network(x.shape[1:], r.classes), x, y, xv, yv, epochs=4)


@fault
def healthy_no_validation(r):
    x, y, xv, yv = r.data(n=3000, noise=0.9)
    r.fit(r.network(x.shape[1:], r.classes), x, y, xv, yv, epochs=10, evaluate=False)


@fault
def healthy_cosine(r):
    x, y, xv, yv = r.data(n=3000, noise=1.1)
    r.fit(r.network(x.shape[1:], r.classes, dropout=0.3), x, y, xv, yv, rate=2e-3, epochs=25,
          decay=lambda e: 1e-3 * (1 + math.cos(math.pi * e / 25)) + 1e-6)


def regression(r, target=lambda x: x[:, :1] - 2 * x[:, 1:2] + torch.sin(2 * x[:, 2:3])):
    x = torch.randn(3000, 8)
    y = target(x) + 0.3 * torch.randn(3000, 1)
    r.n, r.v, r.metrics = 2400, 600, False
    r.say("target: continuous; 2400 training samples, 600 validation samples")
    return x[:2400], y[:2400], x[2400:], y[2400:]


ONE = lambda z, t: torch.zeros(len(t))


@fault
def healthy_regression(r):
    r.fit(mlp(8, 1), *regression(r), loss=nn.MSELoss(), hits=ONE, epochs=15)


@fault
def overfitting(r):
    x, y, xv, yv = r.data(n=int(r.rng.choice([300, 500])), noise=2.2)
    r.also = "training-set-too-small"
    r.fit(mlp(144, r.classes, hidden=(256, 128)), x, y, xv, yv, epochs=50)


@fault
def overfitting__cnn(r):
    x, y, xv, yv = r.data(n=400, noise=2.8)
    r.also = "training-set-too-small"
    r.fit(cnn(r.classes, filters=(32, 64)), x, y, xv, yv, rate=2e-3, epochs=50)


@fault
def overfitting__regression(r):
    x, y, xv, yv = regression(r, lambda x: 0.5 * x[:, :1])
    r.also = "training-set-too-small"
    r.fit(mlp(8, 1, hidden=(256, 256)), x[:150], y[:150], xv, yv, loss=nn.MSELoss(), hits=ONE, epochs=60)


HIGH = "constant-predictor dead-relu not-a-number divergence"


@fault
def learning_rate_too_high(r):
    x, y, xv, yv = r.data()
    r.also = HIGH
    r.fit(r.network(x.shape[1:], r.classes), x, y, xv, yv, rate=float(r.rng.choice([0.05, 0.1, 0.3])))


@fault
def learning_rate_too_high__sgd(r):
    x, y, xv, yv = r.data()
    r.also = HIGH
    r.fit(r.network(x.shape[1:], r.classes), x, y, xv, yv, optimizer="SGD", momentum=0.9, rate=float(r.rng.choice([0.5, 1.0, 3.0])))


@fault
def learning_rate_too_high__regression(r):
    r.also = HIGH
    r.fit(mlp(8, 1, hidden=(30, 30)), *regression(r), loss=nn.MSELoss(), hits=ONE, optimizer="SGD", rate=float(r.rng.choice([0.3, 0.6])),
          epochs=15)


@fault
def learning_rate_too_low(r):
    x, y, xv, yv = r.data()
    r.also = "stopped-too-early"
    r.fit(r.network(x.shape[1:], r.classes), x, y, xv, yv, rate=float(r.rng.choice([1e-7, 3e-7, 1e-6])))


@fault
def learning_rate_too_low__sgd(r):
    x, y, xv, yv = r.data()
    r.also = "stopped-too-early"
    r.fit(r.network(x.shape[1:], r.classes), x, y, xv, yv, optimizer="SGD", rate=float(r.rng.choice([1e-5, 1e-6])))


@fault
def not_a_number(r):
    x, y, xv, yv = r.data()
    x[17, 0, 3, 3] = math.nan
    r.fit(r.network(x.shape[1:], r.classes), x, y, xv, yv, epochs=6)


@fault
def not_a_number__late(r):
    x, y, xv, yv = r.data()
    net, calls = r.network(x.shape[1:], r.classes), [0]

    def loss(z, t):
        calls[0] += net.training
        l = nn.functional.cross_entropy(z, t)
        return l * (math.nan if calls[0] > 150 else 1)
    r.fit(net, x, y, xv, yv, loss=loss, epochs=10)


@fault
def constant_predictor__zero_input(r):
    x, y, xv, yv = r.data()
    r.also = "constant-input learning-rate-too-low"
    r.fit(r.network(x.shape[1:], r.classes), 0 * x, y, 0 * xv, yv)


@fault
def constant_predictor__dead(r):
    x, y, xv, yv = r.data()
    r.also = "dead-relu learning-rate-too-high"
    net = mlp(144, r.classes)
    for m in net:
        if isinstance(m, nn.Linear) and m.out_features != r.classes:
            nn.init.constant_(m.bias, -60.0)
    r.fit(net, x, y, xv, yv)


@fault
def frozen_weights(r):
    x, y, xv, yv = r.data()
    r.also = "learning-rate-too-low"
    r.fit(r.network(x.shape[1:], r.classes), x, y, xv, yv, step=False, epochs=8)


@fault
def preprocessing_mismatch(r):
    x, y, xv, yv = r.data(classes=int(r.rng.choice([5, 10])), noise=0.6, n=3000)
    r.also = "class-order-mismatch"
    r.say("training-preprocessing: rescale=1/255")
    r.say("validation-preprocessing: none")
    r.fit(cnn(r.classes), x, y, xv * 255, yv, epochs=15, rate=2e-3)


@fault
def class_order_mismatch(r):
    x, y, xv, yv = r.data(classes=10, noise=0.6, n=3000)
    r.also = "preprocessing-mismatch validation-split-tail"
    r.fit(cnn(r.classes), x, y, xv, (yv + 1 + r.seed) % r.classes, epochs=15, rate=2e-3)


@fault
def validation_split_tail(r):
    classes = int(r.rng.choice([5, 10]))
    x, y, _, _ = r.data(classes=classes, noise=0.6, n=3000, sort=True)
    r.facts.clear()
    r.say(f"3000 images in the order of their classes, {classes} classes, the last 600 for validation")
    r.fit(cnn(r.classes), x[:2400], y[:2400], x[2400:], y[2400:], epochs=12, rate=2e-3)


@fault
def batch_norm_mismatch(r):
    x, y, xv, yv = r.data(n=640, noise=0.7)
    r.say("BatchNorm momentum 0.0005 (PyTorch), in Keras' words batch-norm-momentum: 0.9995")
    r.also = "preprocessing-mismatch"
    r.fit(mlp(144, r.classes, norm=0.0005), x, y, xv, yv, epochs=12, batch=128, rate=3e-3)


@fault
def head_loss_mismatch__double_softmax(r):
    x, y, xv, yv = r.data(noise=0.6)
    r.say("softmax at the end, CrossEntropyLoss")
    net = nn.Sequential(r.network(x.shape[1:], r.classes), nn.Softmax(1))
    r.fit(net, x, y, xv, yv, epochs=15, rate=2e-3)


@fault
def vanishing_gradient(r):
    x, y, xv, yv = r.data(classes=10, noise=0.7)
    r.say("20 x Dense 64 sigmoid")
    r.also = "constant-predictor underfitting stopped-too-early learning-rate-too-low"
    r.fit(mlp(144, 10, hidden=(64,) * 20, activation=nn.Sigmoid), x, y, xv, yv, epochs=8)


@fault
def rotating_validation(r):
    x, y, xv, yv = r.data(classes=2, sort=True, noise=1.6)
    size, steps = 16, r.v // 32
    count = -(-r.v // size)
    r.also = "class-sorted-validation batch-size-mismatch fixed-partial-validation"
    r.say(f"validation shuffle=False; validation_steps = {steps}; validation batch {size}")

    def window(e):
        return torch.cat([torch.arange(b * size, min(r.v, (b + 1) * size)) for b in [(e * steps + i) % count for i in range(steps)]])
    r.fit(r.network(x.shape[1:], 2), x, y, xv, yv, window=window, epochs=25)


@fault
def fixed_partial_validation(r):
    x, y, xv, yv = r.data(noise=1.6)
    steps = int(0.5 * r.v / 32)
    r.say(f"validation batch 32; validation_steps {steps}")
    r.also = "rotating-validation validation-too-small"
    r.fit(r.network(x.shape[1:], r.classes), x, y, xv, yv, window=lambda e: torch.arange(steps * 32), epochs=25)


@fault
def divergence(r):
    x, y, xv, yv = r.data(noise=1.0)
    r.also = "learning-rate-too-high"
    r.fit(r.network(x.shape[1:], r.classes), x, y, xv, yv, epochs=18, decay=lambda e: 1e-3 if e < 14 else 0.5)
    r.facts.pop()


@fault
def validation_too_small(r):
    x, y, xv, yv = r.data(v=40, noise=2.0, n=3000, classes=10)
    r.also = "validation-noise"
    r.fit(r.network(x.shape[1:], r.classes), x, y, xv, yv, epochs=20)


@fault
def class_imbalance(r):
    labels = np.repeat([0, 1], [2880, 120])
    r.rng.shuffle(labels)
    x, y = textures(r.rng, 3000, 2, noise=8.0, labels=labels)
    xv, yv = textures(r.rng, 1000, 2, noise=8.0, labels=np.repeat([0, 1], [960, 40]))
    r.n, r.v, r.classes = 3000, 1000, 2
    r.say("class-counts: 2880, 120")
    r.say("3000 training images, 1000 validation images, 2 classes")
    r.also = "constant-predictor"
    turn = lambda a: torch.from_numpy(np.moveaxis(a, 3, 1).copy())
    r.fit(mlp(144, 2, hidden=(16,)), turn(x), torch.from_numpy(y), turn(xv), torch.from_numpy(yv), optimizer="SGD", rate=0.01, epochs=10)


if __name__ == "__main__":
    main(Run)
