"""Generated pictures for small trainings."""
import numpy as np


def textures(rng, n, classes, size=12, noise=1.0, sort=False, labels=None):
    """Pictures of oriented waves with noise; a class is a direction and a frequency."""
    y = rng.integers(0, classes, n) if labels is None else labels
    if sort:
        y = np.sort(y)
    grid = np.arange(size) / size
    xx, yy = np.meshgrid(grid, grid)
    angle = np.pi * y / classes
    frequency = 2 + (y % 3)
    phase = rng.uniform(0, 2 * np.pi, n)
    wave = np.sin(2 * np.pi * frequency[:, None, None] * (np.cos(angle)[:, None, None] * xx + np.sin(angle)[:, None, None] * yy)
                  + phase[:, None, None])
    x = 0.5 + 0.2 * wave + 0.2 * noise * rng.standard_normal((n, size, size))
    return x[..., None].astype("float32"), y.astype("int64")
