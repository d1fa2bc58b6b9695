package narwhal.history.readers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import narwhal.history.log.ModelSummary;
import org.junit.jupiter.api.Test;

class SummaryTablesTest {
    private static ModelSummary read(String text) {
        var tables = new SummaryTables();
        text.lines().forEach(tables::take);
        return tables.summary().orElseThrow();
    }

    @Test
    void keras2() {
        var model = read("""
                _________________________________________________________________
                Layer (type)                 Output Shape              Param #  \s
                =================================================================
                conv2d_1 (Conv2D)            (None, 128, 128, 32)      4736     \s
                _________________________________________________________________
                max_pooling2d_1 (MaxPooling2 (None, 64, 64, 32)        0        \s
                _________________________________________________________________
                batch_normalization_7 (Batch (None, 64, 64, 32)        128      \s
                _________________________________________________________________
                dense_1 (Dense)              (None, 1)                 1,025    \s
                =================================================================
                Total params: 2,893,729
                Trainable params: 2,893,700
                Non-trainable params: 29
                _________________________________________________________________
                """);
        assertThat(model.layers()).extracting(ModelSummary.Layer::kind).containsExactly("Conv2D", "MaxPooling2D",
                "BatchNormalization", "Dense");
        assertThat(model.layers()).extracting(ModelSummary.Layer::name).containsExactly("conv2d_1", "max_pooling2d_1",
                "batch_normalization_7", "dense_1");
        assertThat(model.layers().getFirst().shape()).isEqualTo(List.of(128L, 128L, 32L));
        assertThat(model.layers().getLast().parameters()).isEqualTo(1025);
        assertThat(model.parameters()).hasValue(2893729);
        assertThat(model.trainable()).hasValue(2893700);
    }

    @Test
    void tfKeras() {
        var model = read("""
                Model: "sequential"
                _________________________________________________________________
                 Layer (type)                Output Shape              Param #  \s
                =================================================================
                 conv2d (Conv2D)             (None, 26, 26, 32)        320      \s
                                                                                \s
                 batch_normalization (Batch  (None, 26, 26, 32)        128      \s
                 Normalization)                                                 \s
                                                                                \s
                 dense (Dense)               (None, 10)                34570    \s
                =================================================================
                Total params: 35018 (136.79 KB)
                Trainable params: 34954 (136.54 KB)
                Non-trainable params: 64 (256.00 Byte)
                _________________________________________________________________
                """);
        assertThat(model.layers()).extracting(ModelSummary.Layer::kind).containsExactly("Conv2D", "BatchNormalization",
                "Dense");
        assertThat(model.parameters()).hasValue(35018);
    }

    @Test
    void boxesOfKeras3WithWrappedNames() {
        var model = read("""
                Model: "sequential"
                ┏━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━┓
                ┃ Layer (type)    ┃ Output Shape    ┃    Param # ┃
                ┡━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━┩
                │ max_pooling2d_1 │ (None, 13, 13,  │          0 │
                │ (MaxPooling2D)  │ 32)             │            │
                ├─────────────────┼─────────────────┼────────────┤
                │ dense (Dense)   │ (None, 10)      │     54,090 │
                └─────────────────┴─────────────────┴────────────┘
                 Total params: 54,090 (211.29 KB)
                """);
        assertThat(model.layers()).extracting(ModelSummary.Layer::kind).containsExactly("MaxPooling2D", "Dense");
        assertThat(model.layers().getFirst().shape()).isEqualTo(List.of(13L, 13L, 32L));
        assertThat(model.layers().getLast().parameters()).isEqualTo(54090);
    }

    @Test
    void torchsummary() {
        var model = read("""
                ----------------------------------------------------------------
                        Layer (type)               Output Shape         Param #
                ================================================================
                            Conv2d-1           [-1, 32, 26, 26]             320
                              ReLU-2           [-1, 32, 26, 26]               0
                            Linear-3                   [-1, 10]          54,090
                ================================================================
                Total params: 54,410
                Trainable params: 54,410
                Non-trainable params: 0
                ----------------------------------------------------------------
                """);
        assertThat(model.layers()).extracting(ModelSummary.Layer::kind).containsExactly("Conv2d", "ReLU", "Linear");
        assertThat(model.layers().getFirst().shape()).isEqualTo(List.of(32L, 26L, 26L));
    }
}
