package narwhal.history.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FactsReaderTest {
    private static <T> T value(String text, FactKey<T> key) {
        return FactsReader.read(text).value(key).orElseThrow(
                () -> new AssertionError(key + " not found in: " + text + " -> " + FactsReader.read(text)));
    }

    private static boolean states(String text, FactKey<?> key) {
        return FactsReader.read(text).has(key);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"training-images: 2000 | training-images | 2000",
        "nb_train_samples: 29,124 | training-images | 29124",
        "validation-images: 10401 | validation-images | 10401",
        "nb_validation_samples = 10401 | validation-images | 10401",
        "classes: 10 | classes | 10", "training-batch: 32 | training-batch | 32",
        "validation-batch: 16 | validation-batch | 16",
        "val_batchsize = 16 | validation-batch | 16", "batch_size: 64 | validation-batch | 64",
        "batch_size: 64 | batch-divisor | 64",
        "batch size 64 | training-batch | 64", "batch size of 64 | training-batch | 64",
        "batches of 64 | training-batch | 64",
        "training batch 64 | training-batch | 64", "validation batch size 16 | validation-batch | 16",
        "batch 128 everywhere | validation-batch | 128",
        "steps_per_epoch: 910 | steps-per-epoch | 910", "steps_per_epoch=910 | steps-per-epoch | 910",
        "validation_steps 10 | validation-steps | 10",
        "1719 steps | steps-per-epoch | 1719", "50 validation steps | validation-steps | 50",
        "10 batches available | validation-batches | 10",
        "epochs: 60 | epochs | 60", "trained for 30 epochs | epochs | 30", "nb_epoch=20 | epochs | 20",
        "10 classes | classes | 10",
        "ten classes | classes | 10", "20-class problem | classes | 20", "binary classification | classes | 2",
        "4413 training images | training-images | 4413",
        "2000 images for training | training-images | 2000", "500 training samples | training-images | 500",
        "1000 validation | validation-images | 1000",
        "training set of 2000 images | training-images | 2000", "validation set: 500 images | validation-images | 500",
        "50k training images | training-images | 50000",
        "600 test images | test-images | 600", "output-units: 1 | output-units | 1",
        "=4413//128 | batch-divisor | 128", "validation_steps=480 // 32 | validation-steps | 15",
        "steps_per_epoch = 1600 / 64 | steps-per-epoch | 25", "1100 images training | training-images | 1100",
        "100 CIFAR-10 training images, 10 per class | training-images | 100",
        "60000 MNIST training images | training-images | 60000",
        "x_val (5000, 28, 28) | validation-images | 5000",
        "training 108000 (train[:90%]), validation 19600 (the rest) | validation-images | 19600",
        "dense 256, dense 128, 10; softmax cross-entropy | output-units | 10",
        "Conv1d 13 -> 128 kernel 4, LSTM hidden 128, Linear 128 -> 2 | output-units | 2",
        "400 images validation | validation-images | 400", "binary target | classes | 2"})
    void counts(String text, String key, long count) {
        var found = FactsReader.key(key).orElseThrow();
        assertThat(FactsReader.read(text).value(found).map(Object::toString)).as(text).contains(Long.toString(count));
    }

    @Test
    void whatPeopleWriteDownOfAScript() {
        assertThat(value("nn.Linear(64, 64), ReLU, nn.Dropout(0.9), nn.Linear(64, 10)", FactKey.DROPOUT))
                .isEqualTo(0.9);
        assertThat(value("nn.Sequential(nn.Linear(10, 150), nn.ReLU(), nn.Linear(150, 1)), mean squared error",
                FactKey.LAYERS).values()).extracting(layer -> layer.units().orElse(0)).contains(150L, 1L);
        assertThat(value("11 hidden Dense 720 layers, sigmoid and relu in turn, last relu, Dense 10 softmax",
                FactKey.OUTPUT_ACTIVATION)).isEqualTo("softmax");
        assertThat(value("nn.Sigmoid() at the end of the model, loss_fn = nn.BCEWithLogitsLoss()",
                FactKey.OUTPUT_ACTIVATION)).isEqualTo("sigmoid");
        assertThat(value("nn.Sigmoid() at the end of the model, loss_fn = nn.BCEWithLogitsLoss()", FactKey.FROM_LOGITS))
                .isTrue();
        assertThat(value("model: Dense(1)", FactKey.OUTPUT_ACTIVATION)).isEqualTo("linear");
        assertThat(value("multi-label problem, 6 tags", FactKey.MULTI_LABEL)).isTrue();
        assertThat(value("4000 rows, 160 of 4000 are fraud", FactKey.CLASS_COUNTS).values()).containsExactly(3840L,
                160L);
        assertThat(value("13 measurements (alcohol 11-15, proline 278-1680, ...)", FactKey.INPUT_RANGE))
                .isEqualTo("278..1680");
        assertThat(value("keras InceptionV3(weights='imagenet', include_top=False)", FactKey.BATCH_NORM)).isTrue();
        assertThat(states("VGG16 without its top", FactKey.BATCH_NORM)).isFalse();
        var joined = "LSTM(128), Dense(softmax); loss categorical_crossentropy; optimizer RMSprop(lr=0.01)";
        assertThat(value(joined, FactKey.LEARNING_RATE)).isEqualTo(0.01);
        assertThat(value(joined, FactKey.LOSS)).isEqualTo("categorical_crossentropy");
        assertThat(value("20 x Linear 64 with tanh, Linear 10", FactKey.LAYERS).values()).hasSize(21);
        assertThat(states("SGD 0.02 momentum 0.9, batch 35", FactKey.BATCH_NORM_MOMENTUM)).isFalse();
        assertThat(value("batch normalisation with momentum 0.9, batch 35", FactKey.BATCH_NORM_MOMENTUM))
                .isEqualTo(0.9);
        assertThat(value("MobileNetV2, include_top=False, trainable=False, Dense(5, softmax)", FactKey.FROZEN))
                .isTrue();
        assertThat(value("lr = 0.1 / 10", FactKey.LEARNING_RATE)).isEqualTo(0.01);
        assertThat(value("learning-rate: 0.1/10", FactKey.LEARNING_RATE)).isEqualTo(0.01);
        assertThat(states("CIFAR-10, inputs /255, 10 classes one-hot", FactKey.INPUT_RANGE)).isFalse();
        assertThat(value("CIFAR-10, inputs /255, 10 classes one-hot", FactKey.TRAINING_PREPROCESSING)).contains("255");
        assertThat(states("for epoch in range(1, 60): model.fit(x, y, epochs=1)", FactKey.INPUT_RANGE)).isFalse();
        assertThat(states("Embedding (pre-trained 100d), LSTM(100), Dense(10)", FactKey.PRETRAINED)).isFalse();
        assertThat(value("""
                for i in range(9): model.add(Dense(32, activation='sigmoid'))
                model.add(Dense(10, activation='softmax'))
                """, FactKey.LAYERS).values()).hasSize(10);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"learning-rate: 3e-5 | learning-rate | 3.0E-5",
        "fit_one_cycle(5, max_lr=1e-5), default Adam | learning-rate | 1.0E-5",
        "lr 0.01 | learning-rate | 0.01", "learning rate of 0.01 | learning-rate | 0.01",
        "lr=1e-3 | learning-rate | 0.001", "Adam(lr=3e-5) | learning-rate | 3.0E-5",
        "Adam 3e-5 | learning-rate | 3.0E-5", "SGD lr 0.1, momentum 0.9 | momentum | 0.9",
        "SGD(lr=0.1, momentum=0.9) | momentum | 0.9", "dropout .5 | dropout | 0.5",
        "dropout 0.25 and 0.5 | dropout | 0.5", "Dropout .5-.6 | dropout | 0.6",
        "no dropout | dropout | 0.0", "validation split 20% | validation-split | 0.2",
        "validation_split=0.1 | validation-split | 0.1",
        "weight decay 5e-4 | l2 | 5.0E-4", "BatchNorm, momentum ~0 | batch-norm-momentum | 0.0",
        "batch-norm-momentum: 0.99 | batch-norm-momentum | 0.99"})
    void numbers(String text, String key, double number) {
        var found = FactsReader.key(key).orElseThrow();
        assertThat(FactsReader.read(text).value(found).map(Object::toString)).as(text)
                .contains(Double.toString(number));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"validation-shuffle: no | validation-shuffle | false",
        "test_data made with shuffle=False | validation-shuffle | false",
        "validation shuffle=False | validation-shuffle | false",
        "validation not shuffled | validation-shuffle | false", "training shuffle=True | training-shuffle | true",
        "training not shuffled | training-shuffle | false",
        "no batch normalization | batch-norm | false", "without batch norm | batch-norm | false",
        "batch normalisation after each convolution | batch-norm | true",
        "data augmentation | training-augmented | true", "no augmentation | training-augmented | false",
        "validation augmented | validation-augmented | true",
        "class-sorted directories | validation-sorted-by-class | true", "pretrained on ImageNet | pretrained | true",
        "frozen base | frozen | true",
        "from_logits=True | from-logits | true", "from_logits=False | from-logits | false",
        "transfer learning | pretrained | true", "ResNet34 not pretrained | pretrained | false",
        "densenet from scratch | pretrained | false", "frozen VGG16 | pretrained | true",
        "conv base not trainable | frozen | true", "resnet18, only the head trained | frozen | true",
        "model.trainable = False before compile | frozen | true", "sparse CE from logits | from-logits | true",
        "the validation folder is read in order, no shuffling | validation-shuffle | false"})
    void yesOrNo(String text, String key, boolean answer) {
        var found = FactsReader.key(key).orElseThrow();
        assertThat(FactsReader.read(text).value(found).map(Object::toString)).as(text)
                .contains(Boolean.toString(answer));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"loss: mse | loss | mean_squared_error",
        "binary cross-entropy | loss | binary_crossentropy", "sparse CE | loss | sparse_categorical_crossentropy",
        "loss='categorical_crossentropy' | loss | categorical_crossentropy",
        "mean squared error | loss | mean_squared_error", "BCE loss | loss | binary_crossentropy",
        "hidden-activation: relu | hidden-activation | relu", "relu activations | hidden-activation | relu",
        "softmax output | output-activation | softmax",
        "linear output | output-activation | linear", "he_normal initializer | initializer | he_normal",
        "Xavier uniform | initializer | glorot_uniform",
        "class_mode binary | class-mode | binary", "class_mode='categorical' | class-mode | categorical",
        "target: continuous | target | continuous",
        "regression | target | continuous", "clipping: no | clipping | none", "no gradient clipping | clipping | none",
        "input-type: uint8 | input-type | uint8",
        "inputs 0..255 | input-range | 0..255",
        "group-key: patient id before the underscore | group-key | patient id before the underscore",
        "cosine schedule | schedule | cosine schedule", "dice loss | loss | dice",
        "log softmax + NLL | loss | nll_loss",
        "Dense(50, softmax) with binary_crossentropy and metrics 'mae' | loss | binary_crossentropy",
        "final Dense(1, relu) | output-activation | relu",
        "LSTM(64), dropout 0.2, sigmoid | output-activation | sigmoid",
        "MLP 64, 32 relu; sigmoid | output-activation | sigmoid",
        "2 conv, log_softmax | output-activation | log_softmax",
        "clip 0.25 | clipping | clip 0.25", "variational autoencoder | target | inputs",
        "grey levels 0 to 16 | input-range | 0..16",
        "joined in the order club, heart, spade | validation-sorted-by-class | true"})
    void words(String text, String key, String word) {
        var found = FactsReader.key(key).orElseThrow();
        assertThat(FactsReader.read(text).value(found).map(Object::toString)).as(text).contains(word);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"Adam | adam | 0.001", "RMSprop default | rmsprop | 0.001",
        "SGD default | sgd | 0.01", "Adadelta | adadelta | 0.001",
        "Keras 2.2.4, Adadelta | adadelta | 1.0", "optimizer: Adam(3e-5) | adam | 3.0E-5",
        "optimizer: SGD(lr=0.1) | sgd | 0.1", "PyTorch 1.8, RMSprop | rmsprop | 0.01",
        "Nadam 0.002 | nadam | 0.002", "RMSprop 1e-4 | rmsprop | 1.0E-4", "SGD 0.5 | sgd | 0.5",
        "Adam, lr 0.01 | adam | 0.01", "SGD(0.05) | sgd | 0.05"})
    void optimizers(String text, String name, double rate) {
        var optimizer = value(text, FactKey.OPTIMIZER);
        assertThat(optimizer.name()).isEqualTo(name);
        assertThat(optimizer.learningRate()).as(text).isEqualTo(OptionalDouble.of(rate));
        assertThat(value(text, FactKey.LEARNING_RATE)).isEqualTo(rate);
    }

    @Test
    void fastaiNamesEpochsAndRateInTheCall() {
        for (var call : new String[]{"learn.fit_one_cycle(4, 2e-5)", "learn.fine_tune(4, base_lr=2e-5)"}) {
            assertThat(value(call, FactKey.EPOCHS)).as(call).isEqualTo(4);
            assertThat(value(call, FactKey.OPTIMIZER).name()).as(call).isEqualTo("adam");
            assertThat(value(call, FactKey.LEARNING_RATE)).as(call).isEqualTo(2e-5);
        }
    }

    @Test
    void lossesThatTakeLogitsByTheirNames() {
        for (var loss : new String[]{"nn.CrossEntropyLoss", "optax.softmax_cross_entropy_with_integer_labels",
            "tf.nn.sparse_softmax_cross_entropy_with_logits", "gluon SoftmaxCrossEntropyLoss",
            "loss: CrossEntropyLoss"}) {
            assertThat(value(loss, FactKey.LOSS)).as(loss).isEqualTo("sparse_categorical_crossentropy");
            assertThat(value(loss, FactKey.FROM_LOGITS)).as(loss).isTrue();
        }
        assertThat(value("sigmoid_binary_cross_entropy(logits, x)", FactKey.LOSS)).isEqualTo("binary_crossentropy");
        assertThat(FactsReader.read("categorical_crossentropy").has(FactKey.FROM_LOGITS)).isFalse();
    }

    @Test
    void anotherRunIsNotThisOne() {
        var text = "SGD 0.5, 20 epochs\nthe same network with Adam, lr 0.001 and dropout 0.3 reaches 0.97";
        assertThat(value(text, FactKey.LEARNING_RATE)).isEqualTo(0.5);
        assertThat(FactsReader.read(text).has(FactKey.DROPOUT)).isFalse();
    }

    @Test
    void severalKeysOnALine() {
        var text = "steps_per_epoch: 560; validation-steps: 140; batch: 18";
        assertThat(value(text, FactKey.STEPS_PER_EPOCH)).isEqualTo(560);
        assertThat(value(text, FactKey.VALIDATION_STEPS)).isEqualTo(140);
        assertThat(value(text, FactKey.TRAINING_BATCH)).isEqualTo(18);
    }

    @Test
    void bothSidesAreShuffled() {
        assertThat(value("shuffle=True on both sides", FactKey.VALIDATION_SHUFFLE)).isTrue();
        assertThat(FactsReader.read("shuffle=True").has(FactKey.VALIDATION_SHUFFLE)).isFalse();
    }

    @Test
    void patienceBehindItsNumberAndCheckpointsThatAreRead() {
        assertThat(value("EarlyStopping on val_loss with 0 patience", FactKey.EARLY_STOPPING).patience())
                .hasValue(0);
        assertThat(FactsReader.read("resumed from a checkpoint of epoch 9").has(FactKey.CHECKPOINT)).isFalse();
        assertThat(FactsReader.read("checkpoint of the best epoch").has(FactKey.CHECKPOINT)).isTrue();
    }

    @Test
    void blocksInBrackets() {
        var layers = value("MLP: 7 x (Linear 128, Sigmoid), output 10", FactKey.LAYERS).values();
        assertThat(layers).extracting(Layers.Layer::kind).hasSize(15).startsWith("Dense", "Activation", "Dense")
                .endsWith("Dense");
        assertThat(value("no hidden layer: Dense(10, softmax)", FactKey.LAYERS).whole()).isTrue();
        assertThat(value("Dense 32, Dense(10, softmax)", FactKey.LAYERS).whole()).isFalse();
    }

    @Test
    void numbersBesideAnOptimizerThatAreNoRate() {
        assertThat(value("Adam, 10 epochs, batch 32", FactKey.OPTIMIZER).defaultRate()).isTrue();
        assertThat(value("Adam for 20 epochs", FactKey.OPTIMIZER).defaultRate()).isTrue();
        assertThat(FactsReader.read("Adam").get(FactKey.LEARNING_RATE).orElseThrow().byDefault()).isTrue();
    }

    @Test
    void framework() {
        assertThat(value("Keras 2.2.4 on TensorFlow 1.12", FactKey.FRAMEWORK))
                .isEqualTo(new Framework("keras", "2.2.4"));
        assertThat(value("framework: tf 2.3", FactKey.FRAMEWORK)).isEqualTo(new Framework("tensorflow", "2.3"));
        assertThat(value("PyTorch", FactKey.FRAMEWORK)).isEqualTo(new Framework("pytorch", ""));
    }

    @Test
    void layersOfASentence() {
        var layers = value(
                "Conv2D 32 7x7, relu, pool 2, dropout 0.5, Conv2D 64 3x3, relu, Flatten, Dense 512 relu, Dense 1 sigmoid",
                FactKey.LAYERS).values();
        assertThat(layers).extracting(Layers.Layer::kind)
                .containsExactly("Conv2D", "Activation", "MaxPooling2D", "Dropout", "Conv2D", "Activation", "Flatten",
                        "Dense", "Dense");
        assertThat(layers.getFirst().units()).hasValue(32);
        assertThat(layers.getFirst().size()).isEqualTo(List.of(7L, 7L));
        assertThat(layers.getLast().activation()).contains("sigmoid");
        assertThat(value("128 -> 64 -> 20", FactKey.LAYERS).values()).extracting(layer -> layer.units().getAsLong())
                .containsExactly(128L, 64L, 20L);
        assertThat(value("Dense 30-30-1", FactKey.LAYERS).values()).hasSize(3);
        assertThat(value("20 x Dense 64", FactKey.LAYERS).values()).hasSize(20);
        assertThat(value("layers: 784-512-10", FactKey.LAYERS).values()).hasSize(3);
        assertThat(value("7 blocks of Conv2D, Conv2D, relu, MaxPooling2D(2,2); Dense 512 relu, Dense 1 sigmoid",
                FactKey.LAYERS).values()).hasSize(30);
        assertThat(value("7 blocks of Conv2D, relu; Dense 10 softmax", FactKey.OUTPUT_UNITS)).isEqualTo(10);
    }

    @Test
    void layersThatAreCounted() {
        var hidden = value("MLP with 7 hidden layers of 128 units, Sigmoid after each", FactKey.LAYERS).values();
        assertThat(hidden).hasSize(7).allSatisfy(layer -> {
            assertThat(layer.kind()).isEqualTo("Dense");
            assertThat(layer.units()).hasValue(128);
            assertThat(layer.activation()).contains("sigmoid");
        });
        assertThat(value("a stack of 19 conv layers with relu, then Dense 100 relu and Dense 10", FactKey.LAYERS)
                .values()).hasSize(21).extracting(Layers.Layer::kind).startsWith("Conv2D").endsWith("Dense");
        assertThat(value("Dense 50 sigmoid four times, then Dense 10 softmax", FactKey.LAYERS).values()).hasSize(5);
        assertThat(value("11 Dense layers of 720 (relu), Dense 10", FactKey.LAYERS).values())
                .filteredOn(layer -> layer.kind().equals("Dense")).hasSize(12);
    }

    @Test
    void validationOnTheImagesOfTraining() {
        for (var text : List.of("validation_data is exactly the same data as the training data",
                "the same data are used for training, validation and evaluation",
                "the validation iterator gets the very same 2048 images as the training iterator",
                "training and validation data are exactly the same 3 samples",
                "model.fit on 2 samples, validation_data is exactly the same 2 samples",
                "model.fit(x_train, y_train, epochs=5, validation_data=(x_train, y_train))"))
            assertThat(value(text, FactKey.VALIDATION_IS_TRAINING)).as(text).isTrue();
        for (var text : List.of("validation images get the same preprocessing as training",
                "training and validation sets are the same size",
                "the validation data is the same data for all experiments",
                "test set from the same source as the training set",
                "model.fit(x_train, y_train, validation_data=(x_test, y_test))"))
            assertThat(FactsReader.read(text).has(FactKey.VALIDATION_IS_TRAINING)).as(text).isFalse();
    }

    @Test
    void ratesOfCommandLinesAndLossesOfFunctions() {
        assertThat(value("train_cifar.py -b 32 -l 0.5 (default learnrate is 0.05)", FactKey.LEARNING_RATE))
                .isEqualTo(0.5);
        var functional = FactsReader.read("loss = F.cross_entropy(y_pred, batch_y)");
        assertThat(functional.value(FactKey.LOSS)).contains("sparse_categorical_crossentropy");
        assertThat(functional.value(FactKey.FROM_LOGITS)).contains(true);
        assertThat(value("784 inputs, target = input (X_train, X_train)", FactKey.TARGET)).isEqualTo("inputs");
        assertThat(value("TCN with use_batch_norm=True", FactKey.BATCH_NORM)).isTrue();
    }

    @Test
    void classesBehindEachOther() {
        assertThat(value("X_train = np.array(X_train_nh + X_train_h)", FactKey.VALIDATION_SORTED)).isTrue();
        assertThat(value("data = np.concatenate([x_cats, x_dogs])", FactKey.VALIDATION_SORTED)).isTrue();
        assertThat(FactsReader.read("X = np.concatenate((X_train, X_test))").has(FactKey.VALIDATION_SORTED)).isFalse();
        assertThat(value("284315 legitimate and 492 fraudulent", FactKey.CLASS_COUNTS).values())
                .containsExactly(284315L, 492L);
    }

    @Test
    void theLastImagesAreATail() {
        assertThat(value("3000 images in the order of their classes, the last 600 for validation",
                FactKey.VALIDATION_SPLIT)).isEqualTo(0.2);
        assertThat(value("the last 20 % as validation set", FactKey.VALIDATION_SPLIT)).isEqualTo(0.2);
        assertThat(FactsReader.read("the last layer for classification is Dense 10").has(FactKey.VALIDATION_SPLIT))
                .isFalse();
    }

    @Test
    void kerasForR() {
        var facts = FactsReader
                .read("""
                        model <- keras_model_sequential() %>%
                          layer_conv_2d(filters = 32, kernel_size = c(3, 3), activation = "relu", input_shape = c(28, 28, 1)) %>%
                          layer_flatten() %>%
                          layer_dense(units = 4, activation = "softmax")
                        model %>% compile(loss = "categorical_crossentropy", optimizer = optimizer_rmsprop(lr = 2e-5))
                        history <- model %>% fit(x, y, epochs = 30, batch_size = 128, validation_split = 0.2)
                        """);
        assertThat(facts.value(FactKey.LAYERS).orElseThrow().values()).extracting(Layers.Layer::kind)
                .containsExactly("Conv2D", "Flatten", "Dense");
        assertThat(facts.value(FactKey.OUTPUT_UNITS)).contains(4L);
        assertThat(facts.value(FactKey.OUTPUT_ACTIVATION)).contains("softmax");
        assertThat(facts.value(FactKey.LOSS)).contains("categorical_crossentropy");
        assertThat(facts.value(FactKey.LEARNING_RATE)).contains(2e-5);
        assertThat(facts.value(FactKey.TRAINING_BATCH)).contains(128L);
        assertThat(facts.value(FactKey.VALIDATION_SPLIT)).contains(0.2);
        var inARow = FactsReader
                .read("layer_dense(units = 128, activation = 'relu'), layer_dropout(0.4), layer_dense(units = 1)");
        assertThat(inARow.value(FactKey.OUTPUT_UNITS)).contains(1L);
        assertThat(inARow.value(FactKey.OUTPUT_ACTIVATION)).contains("linear");
    }

    @Test
    void wordsThatLookLikeAnother() {
        assertThat(FactsReader.read("a pretrained MAE encoder, frozen").has(FactKey.LOSS)).isFalse();
        assertThat(FactsReader.read("optimizer RMSprop, lr_rate_mult 0.73").value(FactKey.LEARNING_RATE))
                .contains(1e-3);
        assertThat(value("the speed of cars, so not a classification problem", FactKey.TARGET)).isEqualTo("continuous");
        assertThat(FactsReader.read("VGG16 bottleneck features, generators with shuffle=False")
                .has(FactKey.TRAINING_SHUFFLE)).isFalse();
    }

    @Test
    void countsOfNamedClasses() {
        assertThat(
                value("3 classes: Castle 990, Tree house 29, Lighthouse 332 images for training", FactKey.CLASS_COUNTS)
                        .values())
                .containsExactly(990L, 29L, 332L);
        assertThat(value("two classes (cat: 120, dog: 1100)", FactKey.CLASS_COUNTS).values()).containsExactly(120L,
                1100L);
        assertThat(value("class counts in training 418, 179, 174, 109", FactKey.CLASS_COUNTS).values())
                .containsExactly(418L, 179L, 174L, 109L);
        for (var text : List.of("10 classes, batch 32, adam 1e-3", "2 classes: cats and dogs, 2000 images"))
            assertThat(FactsReader.read(text).has(FactKey.CLASS_COUNTS)).as(text).isFalse();
    }

    @Test
    void loopsThatTakeNoStep() {
        var loop = "optimizer.zero_grad()\nloss = criterion(net(x), y)\nloss.backward()\n";
        assertThat(value(loop, FactKey.UPDATES_WEIGHTS)).isFalse();
        for (var step : List.of("optimizer.step()", "scaler.step(optimizer)"))
            assertThat(FactsReader.read(loop + step).has(FactKey.UPDATES_WEIGHTS)).as(step).isFalse();
    }

    @Test
    void regressionsToClasses() {
        assertThat(value("that is a logistic regression", FactKey.TARGET)).isEqualTo("class");
        assertThat(value("regression of the steering angle", FactKey.TARGET)).isEqualTo("continuous");
    }

    @Test
    void partsOfArrays() {
        assertThat(FactsReader.read(
                "model.fit(data['x_train'][:10], data['y_train'][:10], validation_data=(data['x_val'], data['y_val']))")
                .has(FactKey.VALIDATION_IS_TRAINING)).isFalse();
        assertThat(FactsReader.read("model.fit(x[:800], y[:800], validation_data=(x[800:], y[800:]))")
                .has(FactKey.VALIDATION_IS_TRAINING)).isFalse();
        assertThat(value("model.fit(data['x'], data['y'], validation_data=(data['x'], data['y']))",
                FactKey.VALIDATION_IS_TRAINING)).isTrue();
    }

    @Test
    void generatorsThatAreNamedForTheirSet() {
        var facts = FactsReader
                .read("""
                        train_datagen = ImageDataGenerator(rotation_range=40, horizontal_flip=True)
                        test_datagen = ImageDataGenerator(rescale=1./255)
                        validation_generator = test_datagen.flow_from_directory('data/validation', batch_size=32, class_mode='binary')
                        """);
        assertThat(facts.value(FactKey.TRAINING_PREPROCESSING).orElseThrow()).contains("rotation_range")
                .doesNotContain("rescale");
        assertThat(facts.value(FactKey.VALIDATION_PREPROCESSING).orElseThrow()).contains("rescale");
    }

    @Test
    void aUnitThatIsNotTheLast() {
        assertThat(value("eleven Dense 10 layers with sigmoid, then Dense 1 sigmoid", FactKey.LAYERS).values())
                .hasSize(12);
        assertThat(value("Dense(9) relu, Dense(1) relu, Dropout(0.5), Dense(10, softmax)", FactKey.OUTPUT_ACTIVATION))
                .isEqualTo("softmax");
    }

    @Test
    void callbacks() {
        var checkpoint = value("ModelCheckpoint(monitor='val_loss', save_best_only=True); EarlyStopping(patience=5)",
                FactKey.CHECKPOINT);
        assertThat(checkpoint.bestOnly()).isTrue();
        assertThat(checkpoint.monitor()).contains("val_loss");
        assertThat(value("EarlyStopping on val_acc, patience 5", FactKey.EARLY_STOPPING).monitor()).contains("val_acc");
        assertThat(
                value("ReduceLROnPlateau(monitor='val_loss', factor=0.5, patience=20, min_lr=1e-8)", FactKey.REDUCE_LR)
                        .patience())
                .hasValue(20);
        assertThat(value("early-stopping: val_loss, patience 3", FactKey.EARLY_STOPPING).patience()).hasValue(3);
        assertThat(states("early-stopping: no", FactKey.EARLY_STOPPING)).isFalse();
    }

    @Test
    void classCounts() {
        assertThat(value("class-counts: 900, 100", FactKey.CLASS_COUNTS).values()).containsExactly(900L, 100L);
        assertThat(value("2 classes, 1000 images per class", FactKey.CLASS_COUNTS).values()).containsExactly(1000L,
                1000L);
    }

    /// As people count: with any noun, in pairs, in words, before or behind the name of the set.
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"7,000 sounds train, 900 sounds val | training-images | 7000",
        "7,000 sounds train, 900 sounds val | validation-images | 900", "1790 to validate | validation-images | 1790",
        "train 2,934 - valid 736 - 5 classes | training-images | 2934",
        "train 2,934 - valid 736 - 5 classes | validation-images | 736",
        "training 2,400 validation 600 | training-images | 2400",
        "training 2,400 validation 600 | validation-images | 600",
        "fashion mnist 55000 + 5000 | training-images | 55000",
        "CIFAR-10 (50k/10k) | validation-images | 10000", "1,279 rows / 320 rows | validation-images | 320",
        "14,034 and 3,000 images | training-images | 14034", "1.2M rows training | training-images | 1200000",
        "trained on 8000 of these rows | training-images | 8000", "validation has 2,360 | validation-images | 2360",
        "4 kinds of waste | classes | 4", "11 modulation types | classes | 11", "five grades of rust | classes | 5",
        "SGD lr .1, softmax over 12 | output-units | 12", "10-way softmax | output-units | 10",
        "one sigmoid output | output-units | 1", "hidden 8 - 8 relu, output 1 sigmoid | output-units | 1",
        "256 relu -> 15 softmax | output-units | 15", "30 relu, 30 relu, 1 | output-units | 1",
        "net 24 -> 128 -> 1, relu | output-units | 1", "batch 2^8 | training-batch | 256",
        "generator yields 50 | training-batch | 50", "64 a batch | training-batch | 64",
        "test-batch-size 1000 | validation-batch | 1000", "40 ep | epochs | 40",
        "schedule every 7 epochs, 25 epochs | epochs | 25", "steps 100 and 50 | validation-steps | 50",
        "150 steps and 100 validation steps | steps-per-epoch | 150", "SGD 0.5 and 0.9 momentum | momentum | 0.9",
        "momentum=0.999 in every BatchNorm layer | batch-norm-momentum | 0.999",
        "SGD .02, momentum .9, BN in every block | momentum | 0.9",
        "no augmentation, dropout .4 | dropout | 0.4"})
    void countsAndRatesInOtherWords(String text, String key, double number) {
        var found = FactsReader.key(key).orElseThrow();
        assertThat(FactsReader.read(text).value(found).map(value -> ((Number) value).doubleValue())).as(text)
                .contains(number);
    }

    /// What stands beside a count and is none of images.
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"batch 64 for training, 1000 for testing | training-images",
        "batch 64 for training, 1000 for testing | test-images", "Dense 1024/512 relu | training-images",
        "images 150/150 px | training-images", "steps 2000/500 | training-images",
        "validation accuracy 60 | validation-images", "train 30 epochs | training-images",
        "split 70:30 -> 33,600 : 14,400 | layers", "12 x Dense 100 sigmoid, Dense 10 softmax | output-units=100",
        "3 kinds of augmentation | classes", "MNIST, TensorFlow 2 training loop | training-images"})
    void whatIsNoCount(String text, String key) {
        var name = key.split("=");
        var found = FactsReader.read(text).value(FactsReader.key(name[0]).orElseThrow()).map(Object::toString);
        if (name.length > 1) assertThat(found).as(text).isPresent().get().isNotEqualTo(name[1]);
        else
            assertThat(found).as(text).isEmpty();
    }

    @Test
    void setsNamedInFrontOrBehindABracket() {
        var named = FactsReader.read("val: 2,600 images, generator batch 20, unshuffled");
        assertThat(named.value(FactKey.VALIDATION_BATCH)).contains(20L);
        assertThat(named.value(FactKey.TRAINING_BATCH)).isEmpty();
        assertThat(named.value(FactKey.VALIDATION_SHUFFLE)).contains(false);
        assertThat(named.value(FactKey.TRAINING_SHUFFLE)).isEmpty();
        var behind = FactsReader.read(
                "ImageDataGenerator(rescale=1/255, shear_range=0.2) for training, ImageDataGenerator() for validation");
        assertThat(behind.value(FactKey.TRAINING_PREPROCESSING)).contains("rescale=1/255");
        assertThat(behind.value(FactKey.VALIDATION_PREPROCESSING)).contains("nothing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello there", "what is wrong with my network", "see the picture below",
        "It is a nice day.", "???"})
    void whatFitsNoPatternIsIgnored(String line) {
        var facts = FactsReader.read("batch 32\n" + line + "\n");
        assertThat(facts.ignored()).containsExactly(line);
        assertThat(facts.value(FactKey.TRAINING_BATCH)).contains(32L);
    }

    @Test
    void theFirstStatementStaysAndAStatedValueReplacesADefault() {
        assertThat(value("batch 32\nbatch 64", FactKey.TRAINING_BATCH)).isEqualTo(32);
        assertThat(value("Adam\nlearning rate 0.1", FactKey.LEARNING_RATE)).isEqualTo(0.1);
        assertThat(value("batch 32\ntraining-batch: 64", FactKey.TRAINING_BATCH)).isEqualTo(64);
        var facts = FactsReader.read("Adam").and(FactsReader.read("SGD 0.1"));
        assertThat(facts.value(FactKey.LEARNING_RATE)).contains(0.1);
        assertThat(FactsReader.read("lr 0.1").and(FactsReader.read("Adam")).value(FactKey.LEARNING_RATE)).contains(0.1);
    }

    @Test
    void eachFactKnowsItsLine() {
        assertThat(FactsReader.read("  batch 32, SGD 0.1  ").get(FactKey.TRAINING_BATCH).orElseThrow().line())
                .isEqualTo("batch 32, SGD 0.1");
    }

    private static final String SCRIPT = """
            from keras.models import Sequential
            nb_train_samples = 2000
            nb_validation_samples = 800
            batch_size = 16
            model = Sequential()
            model.add(Conv2D(32, (3, 3), input_shape=(150, 150, 3), padding='same'))
            model.add(Activation('relu'))
            model.add(MaxPooling2D(pool_size=(2, 2)))
            model.add(Dropout(0.25))  # was 0.9
            model.add(BatchNormalization(momentum=0.9))
            model.add(Flatten())
            model.add(Dense(64, activation='relu', kernel_initializer='he_normal', kernel_regularizer=l2(0.01)))
            model.add(Dense(10))
            model.add(Activation('softmax'))
            # model.add(Dense(999))
            model.compile(loss='categorical_crossentropy',
                          optimizer=optimizers.SGD(lr=1e-4, momentum=0.9, clipnorm=1.0),
                          metrics=['accuracy', 'mae'])
            train_datagen = ImageDataGenerator(rescale=1. / 255, zoom_range=0.2)
            test_datagen = ImageDataGenerator(rescale=1. / 255)
            train_generator = train_datagen.flow_from_directory('data/train', target_size=(150, 150), batch_size=batch_size,
                class_mode='categorical')
            validation_generator = test_datagen.flow_from_directory(
                'data/validation',
                target_size=(150, 150),
                batch_size=8,
                shuffle=False,
                class_mode='categorical')
            checkpoint = ModelCheckpoint('best.h5', monitor='val_acc', save_best_only=True)
            model.fit_generator(train_generator,
                steps_per_epoch=nb_train_samples // batch_size,
                epochs=50,
                validation_data=validation_generator,
                validation_steps=nb_validation_samples // batch_size,
                callbacks=[checkpoint, ReduceLROnPlateau(patience=5, factor=0.2)])
            """;

    @Test
    void aPastedScript() {
        var facts = FactsReader.read(SCRIPT);
        assertThat(facts.value(FactKey.TRAINING_IMAGES)).contains(2000L);
        assertThat(facts.value(FactKey.VALIDATION_IMAGES)).contains(800L);
        assertThat(facts.value(FactKey.TRAINING_BATCH)).contains(16L);
        assertThat(facts.value(FactKey.BATCH_DIVISOR)).contains(16L);
        assertThat(facts.value(FactKey.EPOCHS)).contains(50L);
        assertThat(facts.value(FactKey.TRAINING_SHUFFLE)).contains(true);
        assertThat(facts.value(FactKey.VALIDATION_SHUFFLE)).contains(false);
        assertThat(facts.value(FactKey.VALIDATION_SORTED)).contains(true);
        assertThat(facts.value(FactKey.CLASS_MODE)).contains("categorical");
        assertThat(facts.value(FactKey.TRAINING_AUGMENTED)).contains(true);
        assertThat(facts.value(FactKey.VALIDATION_AUGMENTED)).contains(false);
        assertThat(facts.value(FactKey.TRAINING_PREPROCESSING)).contains("rescale=1. / 255, zoom_range=0.2");
        assertThat(facts.value(FactKey.LOSS)).contains("categorical_crossentropy");
        assertThat(facts.value(FactKey.METRICS).orElseThrow().values()).containsExactly("accuracy", "mae");
        var optimizer = facts.value(FactKey.OPTIMIZER).orElseThrow();
        assertThat(optimizer)
                .isEqualTo(new OptimizerFact("sgd", OptionalDouble.of(1e-4), false, OptionalDouble.of(0.9)));
        assertThat(facts.value(FactKey.CLIPPING)).contains("clipnorm=1.0");
        assertThat(facts.value(FactKey.DROPOUT)).contains(0.25);
        assertThat(facts.value(FactKey.BATCH_NORM)).contains(true);
        assertThat(facts.value(FactKey.BATCH_NORM_MOMENTUM)).contains(0.9);
        assertThat(facts.value(FactKey.INITIALIZER)).contains("he_normal");
        assertThat(facts.value(FactKey.L2)).contains(0.01);
        assertThat(facts.value(FactKey.OUTPUT_UNITS)).contains(10L);
        assertThat(facts.value(FactKey.OUTPUT_ACTIVATION)).contains("softmax");
        assertThat(facts.value(FactKey.CHECKPOINT).orElseThrow().monitor()).contains("val_acc");
        assertThat(facts.value(FactKey.REDUCE_LR).orElseThrow().factor()).hasValue(0.2);
        var layers = facts.value(FactKey.LAYERS).orElseThrow();
        assertThat(layers.whole()).isTrue();
        assertThat(layers.values()).extracting(Layers.Layer::kind).containsExactly("Conv2D", "Activation",
                "MaxPooling2D", "Dropout", "BatchNormalization",
                "Flatten", "Dense", "Dense", "Activation");
        assertThat(layers.values().getFirst().size()).isEqualTo(List.of(3L, 3L));
        assertThat(layers.values().getFirst().padding()).contains("same");
        assertThat(facts.ignored()).isEmpty();
    }

    @Test
    void otherWaysToWriteAModel() {
        var sequential = "model = tf.keras.Sequential([\n  layers.Flatten(input_shape=(28, 28)),\n  layers.Dense(128, 'relu'),\n  layers.Dense(10)\n])\n"
                + "model.compile(optimizer='adam', loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=['accuracy'])\n"
                + "model.fit(x, y, epochs=5, batch_size=64, validation_split=0.1)\n";
        assertThat(value(sequential, FactKey.LAYERS).values()).extracting(Layers.Layer::kind).containsExactly("Flatten",
                "Dense", "Dense");
        assertThat(value(sequential, FactKey.OUTPUT_ACTIVATION)).isEqualTo("linear");
        assertThat(value(sequential, FactKey.FROM_LOGITS)).isTrue();
        assertThat(value(sequential, FactKey.LOSS)).isEqualTo("sparse_categorical_crossentropy");
        assertThat(value(sequential, FactKey.VALIDATION_SPLIT)).isEqualTo(0.1);
        assertThat(value(sequential, FactKey.OPTIMIZER).defaultRate()).isTrue();
        var deep = "model.add(Flatten())\nfor _ in range(99):\n    model.add(Dense(100))\n    model.add(ReLU())\nmodel.add(Dense(10))\n";
        assertThat(value(deep, FactKey.LAYERS).values()).filteredOn(layer -> layer.kind().equals("Dense")).hasSize(100)
                .last().extracting(layer -> layer.units().getAsLong()).isEqualTo(10L);
        var folders = "Found 2000 images belonging to 2 classes.\nFound 1000 images belonging to 2 classes.\n";
        assertThat(value(folders, FactKey.TRAINING_IMAGES)).isEqualTo(2000);
        assertThat(value(folders, FactKey.VALIDATION_IMAGES)).isEqualTo(1000);
        assertThat(value(folders, FactKey.CLASSES)).isEqualTo(2);
        var sentence = "whales, Found 1400 validated image filenames belonging to 3 classes (training_set, batch 16), 200 (test_set)";
        assertThat(value(sentence, FactKey.TRAINING_IMAGES)).isEqualTo(1400);
        assertThat(value(sentence, FactKey.TEST_IMAGES)).isEqualTo(200);
        assertThat(value(sentence, FactKey.CLASSES)).isEqualTo(3);
        var both = "Found 1400 files belonging to 3 classes. Found 300 files belonging to 3 classes. 64 x 64, batch 25";
        assertThat(value(both, FactKey.VALIDATION_IMAGES)).isEqualTo(300);
        assertThat(value(both, FactKey.TRAINING_BATCH)).isEqualTo(25);
        var split = "Found 1500 files belonging to 3 classes.\nUsing 1200 files for training.\n"
                + "Found 1500 files belonging to 3 classes.\nUsing 300 files for validation.\n";
        assertThat(value(split, FactKey.TRAINING_IMAGES)).isEqualTo(1200);
        assertThat(value(split, FactKey.VALIDATION_IMAGES)).isEqualTo(300);
        var functional = "inputs = Input((8,))\nx = Dense(16, activation='relu')(inputs)\nx = Dense(3, activation='softmax')(x)\n";
        assertThat(value(functional, FactKey.LAYERS).values()).extracting(layer -> layer.units().getAsLong())
                .containsExactly(16L, 3L);
        var torch = "self.conv1 = nn.Conv2d(3, 32, 5)\nself.bn = nn.BatchNorm2d(32)\nself.fc = nn.Linear(120, 10)\n"
                + "criterion = nn.CrossEntropyLoss()\noptimizer = optim.SGD(net.parameters(), lr=0.001, momentum=0.9, weight_decay=5e-4)\n"
                + "trainloader = DataLoader(trainset, batch_size=4, shuffle=True)\n";
        assertThat(value(torch, FactKey.LAYERS).values()).extracting(Layers.Layer::kind).containsExactly("Conv2D",
                "BatchNormalization", "Dense");
        assertThat(value(torch, FactKey.OUTPUT_UNITS)).isEqualTo(10);
        assertThat(value(torch, FactKey.LEARNING_RATE)).isEqualTo(0.001);
        assertThat(value(torch, FactKey.L2)).isEqualTo(5e-4);
        assertThat(value(torch, FactKey.TRAINING_BATCH)).isEqualTo(4);
        assertThat(value(torch, FactKey.FRAMEWORK).name()).isEqualTo("pytorch");
        assertThat(value("x_train = x_train.astype('float32') / 255", FactKey.TRAINING_PREPROCESSING))
                .contains("/ 255");
        assertThat(value("base = VGG16(weights='imagenet', include_top=False)\nbase.trainable = False",
                FactKey.PRETRAINED)).isTrue();
        assertThat(value("base = VGG16(weights='imagenet', include_top=False)\nbase.trainable = False", FactKey.FROZEN))
                .isTrue();
        assertThat(value("Namespace(batch_size=64, epochs=10, lr=0.01)", FactKey.TRAINING_BATCH)).isEqualTo(64);
    }

    @Test
    void headsOfPyTorch() {
        assertThat(value("model = nn.Sequential(nn.Linear(30, 16), nn.ReLU(), nn.Linear(16, 1), nn.Sigmoid())",
                FactKey.OUTPUT_ACTIVATION)).isEqualTo("sigmoid");
        assertThat(value("model = nn.Sequential(nn.Linear(30, 16), nn.ReLU(), nn.Linear(16, 1))",
                FactKey.OUTPUT_ACTIVATION)).isEqualTo("linear");
        assertThat(value("def forward(self, x):\n  x = F.relu(self.fc1(x))\n  return F.log_softmax(self.fc2(x), dim=1)",
                FactKey.OUTPUT_ACTIVATION)).isEqualTo("log_softmax");
        assertThat(value("def forward: x = F.relu(self.fc2(x)); return x", FactKey.OUTPUT_ACTIVATION))
                .isEqualTo("relu");
        // A block before the network.
        assertThat(value(
                "def forward(self, x):\n  return F.relu(out)\ndef forward(self, x):\n  return self.softmax(logits)",
                FactKey.OUTPUT_ACTIVATION)).isEqualTo("softmax");
    }

    @Test
    void headsOfASentence() {
        assertThat(value("Conv2D(16,3,relu) Flatten Dense(128, relu) Dense(10)", FactKey.OUTPUT_ACTIVATION))
                .isEqualTo("linear");
        assertThat(FactsReader.read("Dense 512 relu, Dense 10").has(FactKey.OUTPUT_ACTIVATION)).isFalse();
        assertThat(value("Dense 10 without activation at the end", FactKey.OUTPUT_ACTIVATION)).isEqualTo("linear");
        assertThat(FactsReader.read("20 x Dense 64 sigmoid").has(FactKey.OUTPUT_ACTIVATION)).isFalse();
        assertThat(value("20 x Dense 64 sigmoid", FactKey.LAYERS).values()).hasSize(20)
                .allSatisfy(layer -> assertThat(layer.activation()).contains("sigmoid"));
        assertThat(value("Dense(64, relu, kernel_regularizer=l2(0.5)), Dense(1, sigmoid, kernel_regularizer=l2(0.5))",
                FactKey.OUTPUT_ACTIVATION)).isEqualTo("sigmoid");
    }

    @Test
    void ranges() {
        assertThat(value("cifar10, 2000 images (32,32,3) 0-255", FactKey.INPUT_RANGE)).isEqualTo("0..255");
        assertThat(value("columns year built (1900..2010), area (500..9000)", FactKey.INPUT_RANGE))
                .isEqualTo("500..9000");
        assertThat(value("inputs age, balance (0 to 2700), income (800 to 74000) as loaded", FactKey.INPUT_RANGE))
                .isEqualTo("800..74000");
        assertThat(FactsReader.read("epochs 10-2550, price 50..700").has(FactKey.INPUT_RANGE)).isFalse();
        assertThat(value("x_train = (x_train // 255).astype('float32')", FactKey.TRAINING_PREPROCESSING))
                .contains("// 255");
        assertThat(value("the images come in the order of their classes", FactKey.VALIDATION_SORTED)).isTrue();
    }

    @Test
    void aShareOfTheValidationBatches() {
        assertThat(value("fit(train, epochs=5, validation_data=test, validation_steps=int(0.15 * len(test)))",
                FactKey.VALIDATION_STEPS_SHARE)).isEqualTo(0.15);
        assertThat(value("validation_data=val, validation_steps=int(.25*len(val))", FactKey.VALIDATION_STEPS_SHARE))
                .isEqualTo(0.25);
    }

    @Test
    void momentumInTheWordsOfPyTorch() {
        assertThat(value("(bn): BatchNorm2d(64, eps=1e-05, momentum=0.1, affine=True)", FactKey.BATCH_NORM_MOMENTUM))
                .isEqualTo(0.9);
        assertThat(value("BatchNormalization(momentum=0.1)", FactKey.BATCH_NORM_MOMENTUM)).isEqualTo(0.1);
    }

    @Test
    void theLastLayerWithoutActivation() {
        assertThat(value("Dense 4 relu, Dense 1 without activation", FactKey.OUTPUT_ACTIVATION)).isEqualTo("linear");
        assertThat(FactsReader.read("Dense 4 without activation, Dense 1 sigmoid").value(FactKey.OUTPUT_ACTIVATION))
                .contains("sigmoid");
        assertThat(value("BinaryCrossentropy (from_logits default)", FactKey.FROM_LOGITS)).isFalse();
        assertThat(value("input and target are the same image", FactKey.TARGET)).isEqualTo("inputs");
    }

    @Test
    void nothingIsExecuted() {
        var facts = FactsReader.read("batch_size = __import__('os').system('exit')\nlr = 10 ** -4\n");
        assertThat(facts.has(FactKey.TRAINING_BATCH)).isFalse();
        assertThat(facts.value(FactKey.LEARNING_RATE)).contains(1e-4);
    }

    @Test
    void twoCallbacksOnALine() {
        var line = "ModelCheckpoint(monitor='val_loss', save_best_only=True); "
                + "ReduceLROnPlateau(monitor='val_loss', factor=0.5, patience=20, min_lr=1e-8)";
        assertThat(value(line, FactKey.REDUCE_LR).patience()).hasValue(20);
        assertThat(value(line, FactKey.CHECKPOINT).bestOnly()).isTrue();
        assertThat(FactsReader.read(line).ignored()).isEmpty();
    }

    @Test
    void aGeneratorThatDoesNotGetTheVariableMakesBatchesOf32() {
        var facts = FactsReader.read("batch_size = 128; N = 9100\n"
                + "train_generator = datagen.flow_from_directory(folder, class_mode='categorical')\n"
                + "validation_generator = datagen.flow_from_directory(other, batch_size=batch_size)\n");
        assertThat(facts.value(FactKey.TRAINING_BATCH)).contains(32L);
        assertThat(facts.value(FactKey.VALIDATION_BATCH)).contains(128L);
        assertThat(facts.value(FactKey.BATCH_DIVISOR)).contains(128L);
    }

    @Test
    void evaluatedOnTheImagesOfTraining() {
        assertThat(FactsReader.read("100% in training, but 33% when I evaluate or predict the very same 3 images")
                .value(FactKey.VALIDATION_IS_TRAINING)).contains(true);
        assertThat(FactsReader.read("model.evaluate on the same 3 training images afterwards: accuracy 0.3333")
                .value(FactKey.VALIDATION_IS_TRAINING)).contains(true);
        assertThat(FactsReader.read("predicting with the same data generator and the same images per batch")
                .value(FactKey.VALIDATION_IS_TRAINING)).isEmpty();
    }

    @Test
    void validationMadeOfTrainingImages() {
        for (var same : List.of("x_test, y_test = x_train, y_train", "val_ds = train_ds",
                "x, y = x[1000:], y[1000:]\nx_val, y_val = x[:1000], y[:1000]",
                "model.fit_generator(train_generator, epochs=3, validation_data=train_generator)"))
            assertThat(FactsReader.read(same).value(FactKey.VALIDATION_IS_TRAINING)).as(same).contains(true);
        for (var apart : List.of("x_val, y_val = x[:1000], y[:1000]\nx, y = x[1000:], y[1000:]",
                "x_val = x_train[:1000]", "x_train, x_test, y_train, y_test = train_test_split(X, y)",
                "val_generator = train_datagen.flow_from_directory(folder)"))
            assertThat(FactsReader.read(apart).value(FactKey.VALIDATION_IS_TRAINING)).as(apart).isEmpty();
    }

    @Test
    void aShapeIsNoRange() {
        assertThat(FactsReader.read("pretrained word vectors, input (200, 400)").value(FactKey.INPUT_RANGE)).isEmpty();
        assertThat(value("inputs (0, 255)", FactKey.INPUT_RANGE)).isEqualTo("0..255");
        assertThat(value("inputs Age and Salary (19000, 20000, 43000, ...) as read from the file",
                FactKey.INPUT_RANGE)).isEqualTo("up to 43000");
    }

    @Test
    void layersOfPyTorchWithWhatStandsBehindThem() {
        var deep = value(
                "MLP: 7 hidden layers nn.Linear(784/128, 128), each followed by nn.Sigmoid(), output nn.Linear(128, 10)",
                FactKey.LAYERS).values();
        assertThat(deep).hasSize(8);
        assertThat(deep.subList(0, 7)).allMatch(layer -> layer.units().orElse(0) == 128
                && layer.activation().filter("sigmoid"::equals).isPresent());
        assertThat(value("784 -> 6 x Linear 100, nn.Sigmoid() after each -> Linear 10", FactKey.LAYERS).values())
                .extracting(layer -> layer.units().orElse(0))
                .containsExactly(100L, 100L, 100L, 100L, 100L, 100L, 10L);
        assertThat(value("Conv2d 32, ReLU, Linear(64*4*4, 128), ReLU, Linear(128, 6), Sigmoid()",
                FactKey.OUTPUT_ACTIVATION)).isEqualTo("sigmoid");
        assertThat(FactsReader.read("head: Flatten, Linear(1792, 512), Linear(512, len(names)), nn.Softmax(dim=1)")
                .value(FactKey.OUTPUT_UNITS)).isEmpty();
    }

    @Test
    void layersOneBehindTheOther() {
        var stack = value(
                "nn.Linear(2,128), nn.Sigmoid(), nn.Linear(128,64), nn.Sigmoid(), nn.Linear(64,1), nn.Sigmoid()",
                FactKey.LAYERS).values();
        assertThat(stack).extracting(layer -> layer.kind()).containsExactly("Dense", "Activation", "Dense",
                "Activation",
                "Dense", "Activation");
        assertThat(
                value("Dense(16, sigmoid), then 8 more Dense(16, sigmoid), Dense(1, sigmoid)", FactKey.LAYERS).values())
                .hasSize(10);
        assertThat(value("x uniform in 0..10, y = sin(x)", FactKey.TARGET)).isEqualTo("continuous");
    }

    @Test
    void activationsWithoutTheirBrackets() {
        var facts = FactsReader.read("Linear(64,64), ReLU6, Linear(64,21), ReLU6, Dropout(0.5), Linear(21,5)");
        assertThat(facts.value(FactKey.OUTPUT_UNITS)).contains(5L);
        assertThat(facts.value(FactKey.LAYERS).orElseThrow().values()).extracting(layer -> layer.kind())
                .containsExactly("Dense", "Activation", "Dense", "Activation", "Dropout", "Dense");
    }

    @Test
    void theOldestKerasHasTheWidthOfTheInputInFront() {
        assertThat(value("model.add(Dense(1024, 5))\nmodel.add(Activation('softmax'))", FactKey.OUTPUT_UNITS))
                .isEqualTo(5L);
    }

    @Test
    void shortcutsLieBetweenTheLayers() {
        assertThat(value("784 -> 7 x Linear 128 with Sigmoid and two skip connections -> Linear 10", FactKey.LAYERS)
                .values()).filteredOn(layer -> layer.kind().equals("Add")).hasSize(1);
        assertThat(value("784 -> 7 x Linear(128) each followed by Sigmoid -> Linear 10", FactKey.LAYERS).values())
                .filteredOn(layer -> layer.kind().equals("Dense")).hasSize(8);
    }

    @Test
    void rangesOfInputs() {
        assertThat(value("pixel values between 0 and 255", FactKey.INPUT_RANGE)).isEqualTo("0..255");
        assertThat(value("rescale [0,255] --> [0,1]", FactKey.TRAINING_PREPROCESSING)).isEqualTo("/255");
        assertThat(states("rescale [0,255] --> [0,1]", FactKey.INPUT_RANGE)).isFalse();
        assertThat(value("columns Age, Income (19 19000; 35 20000; 26 43000; ...)", FactKey.INPUT_RANGE))
                .isEqualTo("up to 43000");
    }

    @Test
    void arraysThatGoIntoFitAsTheyWereLoaded() {
        var load = "(x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()\n";
        var fit = "\nmodel.fit(x_train, y_train, epochs=5, validation_data=(x_test, y_test))";
        for (var between : List.of("", "x_train = x_train.reshape((60000, 784)).astype('float32')",
                "x_train, x_val, y_train, y_val = train_test_split(x_train, y_train, test_size=0.2)",
                "x_train, y_train = x_train[:1000], y_train[:1000]", "y_train = to_categorical(y_train)"))
            assertThat(FactsReader.read(load + between + fit).value(FactKey.INPUT_RANGE)).as(between)
                    .contains("0..255");
        for (var between : List.of("x_train = x_train / 255.", "x_train /= x_train.max()",
                "x_train, x_test = x_train / m, x_test / m", "x_train = prepared(x_train)",
                "x_train = (x_train.astype('float32') - x_train.mean()) / x_train.std()",
                "model.add(BatchNormalization())", "x_train -= 128"))
            assertThat(FactsReader.read(load + between + fit).has(FactKey.INPUT_RANGE)).as(between).isFalse();
        assertThat(FactsReader.read(load).has(FactKey.INPUT_RANGE)).isFalse();
        assertThat(FactsReader.read("(a, b), (c, d) = boston_housing.load_data()\nh = model.fit(a, b, epochs=9)")
                .value(FactKey.INPUT_RANGE)).contains("0..711");
    }

    @Test
    void aCallWithWordsBehindIt() {
        var tested = FactsReader.read("test_data = image_dataset_from_directory(folder, shuffle=False), batch 32");
        assertThat(tested.has(FactKey.TRAINING_SHUFFLE)).isFalse();
        assertThat(tested.value(FactKey.VALIDATION_SHUFFLE)).contains(false);
        assertThat(tested.value(FactKey.VALIDATION_SORTED)).contains(true);
        assertThat(tested.value(FactKey.TRAINING_BATCH)).contains(32L);
        assertThat(FactsReader.read("optimizer = optim.Adam(net.parameters(), lr=rates[0]), batch 1024")
                .has(FactKey.LEARNING_RATE)).isFalse();
        assertThat(FactsReader.read("Adam with lr=rates[0]").value(FactKey.LEARNING_RATE))
                .isNotEqualTo(Optional.of(0.0));
    }

    @Test
    void theTestFolderIsUsedAsValidation() {
        var facts = FactsReader
                .read("Found 7575 files belonging to 101 classes (training), 25250 files belonging to 101"
                        + " classes (test, used as validation)");
        assertThat(facts.value(FactKey.TRAINING_IMAGES)).contains(7575L);
        assertThat(facts.value(FactKey.VALIDATION_IMAGES)).contains(25250L);
        assertThat(FactsReader.read("Found 90 images belonging to 2 classes (training), 30 (test)")
                .value(FactKey.TEST_IMAGES)).contains(30L);
    }

    @Test
    void howFarTargetsLieApart() {
        assertThat(value("target variance 84.4", FactKey.TARGET_VARIANCE)).isEqualTo(84.4);
        assertThat(value("variance of the targets is 2.5", FactKey.TARGET_VARIANCE)).isEqualTo(2.5);
        assertThat(value("std of the target 9.0", FactKey.TARGET_VARIANCE)).isEqualTo(81.0);
        assertThat(value("target-variance: 7.5", FactKey.TARGET_VARIANCE)).isEqualTo(7.5);
        assertThat(value("Boston housing, 404 rows", FactKey.TARGET_VARIANCE)).isEqualTo(84.42);
        assertThat(states("explained variance 0.8", FactKey.TARGET_VARIANCE)).isFalse();
    }

    @Test
    void labelsThatWereDrawn() {
        assertThat(value("train_x = np.random.random((1000, 72)); train_y = np.random.random((1000, 10)); val likewise",
                FactKey.RANDOM_LABELS)).isTrue();
        assertThat(value("y_train = to_categorical(np.random.randint(10, size=(100, 1)))", FactKey.RANDOM_LABELS))
                .isTrue();
        assertThat(states("x_train = np.random.random((1000, 72))", FactKey.RANDOM_LABELS)).isFalse();
        assertThat(states("noise = np.random.rand(3); y = f(x)", FactKey.RANDOM_LABELS)).isFalse();
    }

    @Test
    void labelsInBlocks() {
        assertThat(value("train_y<-c(rep(0,40),rep(1,40),rep(2,40))", FactKey.VALIDATION_SORTED)).isTrue();
        assertThat(value("labels = np.array([0] * 100 + [1] * 100)", FactKey.VALIDATION_SORTED)).isTrue();
        assertThat(states("y_train = np.array([0,1]*25)", FactKey.VALIDATION_SORTED)).isFalse();
    }

    @Test
    void aListOfLayersMayGoOnInTheNextLine() {
        assertThat(value("Conv2D 96, Conv2D 192\nthen Flatten, Dense(18), Dense(10)", FactKey.LAYERS).values())
                .extracting(layer -> layer.kind()).containsExactly("Conv2D", "Conv2D", "Flatten", "Dense", "Dense");
    }

    @Test
    void whatIsSaidOfAllHiddenLayers() {
        var facts = FactsReader.read("MLP: 784 -> 128 -> 128 -> 10, sigmoid after each of the 2 hidden layers, default"
                + " initialisation of nn.Linear");
        assertThat(facts.value(FactKey.HIDDEN_ACTIVATION)).contains("sigmoid");
        assertThat(facts.value(FactKey.OUTPUT_UNITS)).contains(10L);
        assertThat(value("preprocess_data(data, normalize=False)", FactKey.TRAINING_PREPROCESSING)).startsWith("not ");
        assertThat(value("flips and shifts, no other preprocessing", FactKey.TRAINING_PREPROCESSING))
                .startsWith("not ");
        assertThat(value("images / 255, no other preprocessing", FactKey.TRAINING_PREPROCESSING)).isEqualTo("/255");
    }

    @Test
    void labelsAreShuffledAlone() {
        assertThat(value("np.random.shuffle(train_labels)", FactKey.RANDOM_LABELS)).isTrue();
        assertThat(value("np.random.shuffle(y_train)\nnp.random.shuffle(x_train)", FactKey.RANDOM_LABELS)).isFalse();
        assertThat(value("8000 training images; labels were shuffled at random", FactKey.RANDOM_LABELS)).isTrue();
        assertThat(states("images and labels were shuffled", FactKey.RANDOM_LABELS)).isFalse();
        assertThat(value("random-labels: yes", FactKey.RANDOM_LABELS)).isTrue();
    }

    @Test
    void widthsThatFollowEachOther() {
        assertThat(value("Linear 256-512, ReLU, Linear 512-10", FactKey.OUTPUT_UNITS)).isEqualTo(10L);
        var facts = FactsReader
                .read("FullyConnected 512, 256, 128, each followed by act_type \"sigmoid\", then FullyConnected 10");
        assertThat(facts.value(FactKey.LAYERS).orElseThrow().values())
                .extracting(layer -> layer.units().orElse(0)).containsExactly(512L, 256L, 128L, 10L);
        assertThat(facts.value(FactKey.LAYERS).orElseThrow().values().subList(0, 3))
                .allMatch(layer -> layer.activation().filter("sigmoid"::equals).isPresent());
    }

    @Test
    void whatLooksLikeAnotherStatement() {
        assertThat(states("raw images read with iter=img instead of packed files", FactKey.INPUT_RANGE)).isFalse();
        assertThat(states("the ImageNet example, 1000 classes", FactKey.PRETRAINED)).isFalse();
        assertThat(value("y_train classes 0, 1, 2 (3 classes)", FactKey.CLASSES)).isEqualTo(3L);
        assertThat(value("net.SGD(training_data, 30, 10, 100.0): eta = 100.0", FactKey.LEARNING_RATE)).isEqualTo(100);
    }

    @Test
    void assignmentsThatShareALine() {
        var facts = FactsReader.read("nb_train_samples = 1190, nb_validation_samples = 170, batch_size = 16\n"
                + "steps_per_epoch = nb_train_samples // batch_size, validation_steps = nb_validation_samples // batch_size");
        assertThat(facts.value(FactKey.STEPS_PER_EPOCH)).contains(74L);
        assertThat(facts.value(FactKey.VALIDATION_STEPS)).contains(10L);
    }

    @Test
    void theTestSetMayStandInForValidation() {
        var facts = FactsReader.read("test_data = image_dataset_from_directory(test_dir, shuffle=False)\n"
                + "model.fit(train_data, validation_data=test_data, validation_steps=int(0.15 * len(test_data)))");
        assertThat(facts.value(FactKey.VALIDATION_IS_TEST)).contains(true);
        assertThat(facts.value(FactKey.VALIDATION_SHUFFLE)).contains(false);
        assertThat(facts.has(FactKey.TRAINING_SHUFFLE)).isFalse();
    }
}
