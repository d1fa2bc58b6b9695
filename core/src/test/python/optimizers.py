"""Steps of optimizers on two parameters, and values of schedules."""
import golden
import keras
import numpy as np
import tensorflow as tf
from keras import optimizers
from keras.optimizers import schedules

KEPT = (1, 2, 3, 10, 50)
results = {"steps": {}, "schedules": {}}


def gradient(step, parameter, shape):
    """Large enough to be clipped now and then."""
    return golden.numbers(100 * step + parameter, shape) * np.float32(0.5 + step % 3)


def case(name, optimizer):
    a = keras.Variable(golden.numbers(1, (2, 3)), name="a")
    b = keras.Variable(golden.numbers(2, (4,)), name="b")
    optimizer.build([a, b])
    kept = {}
    for step in range(1, 51):
        optimizer.apply([tf.constant(gradient(step, 0, (2, 3))), tf.constant(gradient(step, 1, (4,)))], [a, b])
        if step in KEPT:
            kept[str(step)] = golden.plain(a.numpy()) + golden.plain(b.numpy())
    results["steps"][name] = {
        "parameters": kept,
        "slots": [golden.plain(v.numpy()) for v in optimizer.variables if len(v.shape) > 0],
    }


def schedule(name, schedule):
    results["schedules"][name] = [float(schedule(i)) for i in range(0, 60)]


def main():
    case("sgd", optimizers.SGD(0.05))
    case("sgd momentum", optimizers.SGD(0.05, momentum=0.9))
    case("sgd nesterov", optimizers.SGD(0.05, momentum=0.8, nesterov=True))
    case("sgd clipnorm", optimizers.SGD(0.05, clipnorm=0.9))
    case("sgd global clipnorm", optimizers.SGD(0.05, global_clipnorm=1.5))
    case("sgd clipvalue", optimizers.SGD(0.05, momentum=0.5, clipvalue=0.4))
    case("sgd decay", optimizers.SGD(0.05, weight_decay=0.1))
    case("rmsprop", optimizers.RMSprop(0.01))
    case("rmsprop momentum", optimizers.RMSprop(0.01, rho=0.8, momentum=0.7))
    case("rmsprop centered", optimizers.RMSprop(0.01, centered=True, epsilon=1e-5))
    case("rmsprop centered momentum", optimizers.RMSprop(0.01, centered=True, momentum=0.5, epsilon=1e-3))
    case("adam", optimizers.Adam(0.01))
    case("adam betas", optimizers.Adam(0.01, beta_1=0.8, beta_2=0.99, epsilon=1e-3))
    case("adam amsgrad", optimizers.Adam(0.01, amsgrad=True))
    case("adam decay clipnorm", optimizers.Adam(0.01, weight_decay=0.02, global_clipnorm=1.0))
    case("adamw", optimizers.AdamW(0.01))
    case("adamax", optimizers.Adamax(0.01))
    case("nadam", optimizers.Nadam(0.01))
    case("lion", optimizers.Lion(0.01))
    case("sgd exponential", optimizers.SGD(schedules.ExponentialDecay(0.1, 7, 0.5)))
    case("adam cosine", optimizers.Adam(schedules.CosineDecay(0.0, 30, warmup_target=0.02, warmup_steps=5)))
    for kind in [optimizers.RMSprop, optimizers.Adam, optimizers.AdamW, optimizers.Adamax, optimizers.Nadam,
                 optimizers.Lion]:
        name = kind.__name__.lower()
        case(name + " clipnorm", kind(0.01, clipnorm=0.9))
        case(name + " global clipnorm", kind(0.01, global_clipnorm=1.5))
        case(name + " clipvalue", kind(0.01, clipvalue=0.4))

    schedule("exponential", schedules.ExponentialDecay(0.1, 7, 0.5))
    schedule("exponential stairs", schedules.ExponentialDecay(0.1, 7, 0.5, staircase=True))
    schedule("inverse", schedules.InverseTimeDecay(0.1, 7, 0.5))
    schedule("inverse stairs", schedules.InverseTimeDecay(0.1, 7, 0.5, staircase=True))
    schedule("polynomial", schedules.PolynomialDecay(0.1, 40))
    schedule("polynomial power", schedules.PolynomialDecay(0.1, 40, end_learning_rate=0.01, power=2.0))
    schedule("polynomial cycle", schedules.PolynomialDecay(0.1, 12, end_learning_rate=0.01, cycle=True))
    schedule("cosine", schedules.CosineDecay(0.1, 40))
    schedule("cosine alpha", schedules.CosineDecay(0.1, 40, alpha=0.2))
    schedule("cosine warmup", schedules.CosineDecay(0.01, 30, alpha=0.1, warmup_target=0.1, warmup_steps=10))
    schedule("restarts", schedules.CosineDecayRestarts(0.1, 8))
    schedule("restarts equal", schedules.CosineDecayRestarts(0.1, 9, t_mul=1.0, m_mul=0.5, alpha=0.1))
    schedule("restarts lower", schedules.CosineDecayRestarts(0.1, 6, t_mul=1.5, m_mul=0.8))
    schedule("piecewise", schedules.PiecewiseConstantDecay([10, 25], [0.1, 0.05, 0.01]))
    golden.write("optimizers.json", results)


main()
