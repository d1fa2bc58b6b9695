"""Writes validation_split.txt: which files Keras 3 takes for validation from a folder of classes a (17 files), b (30) and
c (9), called 00.png, 01.png …, by both meanings of validation_split. Needs keras and tensorflow:

    python validation_split.py > validation_split.txt
"""
import os
import pathlib
import tempfile

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
from keras.src.legacy.preprocessing.image import ImageDataGenerator
from keras.src.utils import dataset_utils

root = pathlib.Path(tempfile.mkdtemp())
for name, count in [("a", 17), ("b", 30), ("c", 9)]:
    (root / name).mkdir()
    for i in range(count):
        (root / name / ("%02d.png" % i)).touch()

for fraction in [0.1, 0.25, 0.5]:
    for subset in ["training", "validation"]:
        flow = ImageDataGenerator(validation_split=fraction).flow_from_directory(str(root), subset=subset)
        print("FIRST", fraction, subset.upper(), 0, *sorted(flow.filenames))
        for seed in [0, 1, 42, 2**32 - 1, None]:
            paths, labels, _ = dataset_utils.index_directory(
                str(root), "inferred", (".png",), shuffle=seed is not None, seed=seed, verbose=False)
            paths, labels = dataset_utils.get_training_or_validation_split(paths, labels, fraction, subset)
            assert all(path[len(str(root)) + 1] == "abc"[label] for path, label in zip(paths, labels))
            names = sorted(path[len(str(root)) + 1:] for path in paths)
            print("LAST", fraction, subset.upper(), -1 if seed is None else seed, *names)
