"""PyTorch's side of a race: torch_runner.py eager|channels-last|compile THREADS WORK... (see Work.java)."""
import resource
import sys
import time

variant, threads, work = sys.argv[1], int(sys.argv[2]), sys.argv[3:]

import torch
from torch import nn

torch.set_num_threads(threads)
torch.manual_seed(1)
layout = torch.contiguous_format if variant == "eager" else torch.channels_last


def seed_network(height, width):
    layers, channels = [], 3
    for filters, rate in [(32, .5), (32, .6), (32, .6), (64, .6), (64, .6), (64, .6), (128, .6)]:
        layers += [nn.Conv2d(channels, filters, 7, padding=3), nn.Conv2d(filters, filters, 7, padding=3),
                   nn.ReLU(), nn.MaxPool2d(2), nn.Dropout(rate)]
        channels, height, width = filters, height // 2, width // 2
    layers += [nn.Flatten(), nn.Linear(channels * height * width, 512), nn.ReLU(), nn.Linear(512, 512), nn.ReLU(),
               nn.Linear(512, 1)]
    return nn.Sequential(*layers).to(memory_format=layout)


def compiled(function):
    return torch.compile(function) if variant == "compile" else function


class Train:
    def __init__(self, batch, height, width):
        self.shape = batch, 3, height, width
        self.model = seed_network(height, width)
        self.optimizer = torch.optim.Adam(self.model.parameters(), lr=3e-5, eps=1e-7)
        self.loss = nn.BCEWithLogitsLoss()
        self.forward = compiled(lambda x, t: self.loss(self.model(x), t))

    def prepare(self):
        self.x = torch.rand(self.shape).mul_(2).sub_(1).contiguous(memory_format=layout)
        self.targets = torch.randint(0, 2, (self.shape[0], 1)).float()

    def run(self):
        self.optimizer.zero_grad()
        self.forward(self.x, self.targets).backward()
        self.optimizer.step()


class Predict:
    def __init__(self, batch, height, width):
        self.shape = batch, 3, height, width
        self.model = seed_network(height, width).eval()
        self.forward = compiled(lambda x: torch.sigmoid(self.model(x)))

    def prepare(self):
        self.x = torch.rand(self.shape).mul_(2).sub_(1).contiguous(memory_format=layout)

    def run(self):
        with torch.inference_mode():
            self.forward(self.x)


class Convolution:
    def __init__(self, batch, height, width, inputs, outputs, kernel, stride, groups=1):
        self.shape = batch, inputs, height, width
        self.groups = groups
        self.stride = [stride, stride]
        self.kernel = (torch.rand(outputs, inputs // groups, kernel, kernel) - .5).contiguous(memory_format=layout)
        self.bias = torch.rand(outputs)
        # TensorFlow's "same" with stride 2 pads an even picture at the end only; as many pixels on one side cost the same.
        self.padding = [(kernel - 1) // 2] * 2

        def convolution(x, kernel, bias):
            return torch.ops.aten.convolution(x, kernel, bias, self.stride, self.padding, [1, 1], False, [0, 0], groups)

        self.convolution = compiled(convolution)

    def prepare(self):
        self.x = torch.rand(self.shape).mul_(2).sub_(1).contiguous(memory_format=layout)

    def run(self):
        with torch.inference_mode():
            return self.convolution(self.x, self.kernel, self.bias)


class Gradients(Convolution):
    def __init__(self, *sizes):
        super().__init__(*sizes)

        def backward(dy, x, kernel):
            return torch.ops.aten.convolution_backward(dy, x, kernel, [0], self.stride, self.padding, [1, 1], False,
                                                       [0, 0], self.groups, [True, True, False])

        self.backward = compiled(backward)

    def prepare(self):
        super().prepare()
        y = super().run()
        self.dy = torch.rand_like(y).mul_(2).sub_(1)

    def run(self):
        with torch.inference_mode():
            self.backward(self.dy, self.x, self.kernel)


class Product:
    def __init__(self, rows, inner, columns):
        self.shape = rows, inner
        self.b = torch.rand(inner, columns).mul_(2).sub_(1)

    def prepare(self):
        self.a = torch.rand(self.shape).mul_(2).sub_(1)

    def run(self):
        torch.mm(self.a, self.b)


class Dense:
    def __init__(self, batch, inputs, outputs):
        self.shape = batch, inputs
        self.layer = nn.Linear(inputs, outputs)

        def step(x):
            self.layer(x).sum().backward()

        self.step = step

    def prepare(self):
        self.x = torch.rand(self.shape).requires_grad_(True)

    def run(self):
        for _ in range(100):
            self.layer.zero_grad()
            self.x.grad = None
            self.step(self.x)


def task(words):
    numbers = [int(word) for word in words if word.isdigit()]
    if words[0] == "train":
        return Train(*numbers)
    if words[0] == "predict":
        return Predict(*numbers)
    if words[0] == "convolution":
        return (Gradients if words[1] == "gradients" else Convolution)(*numbers)
    if words[0] == "depthwise":
        batch, height, width, channels, kernel = numbers
        return (Gradients if words[1] == "gradients" else Convolution)(batch, height, width, channels, channels, kernel,
                                                                     1, channels)
    if words[0] == "product":
        return Product(*numbers)
    if words[0] == "dense":
        return Dense(*numbers)
    raise SystemExit("no such work: " + " ".join(words))


runner = task(work)
runner.prepare()
runner.run()
print("ready PyTorch", torch.__version__, flush=True)
for line in sys.stdin:
    if line.strip() == "step":
        runner.prepare()
        start = time.perf_counter()
        runner.run()
        print("seconds %.9f" % (time.perf_counter() - start), flush=True)
    elif line.strip() == "memory":
        print("megabytes %.1f" % (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6), flush=True)
