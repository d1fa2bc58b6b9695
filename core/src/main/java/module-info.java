/// Pictures, layers, losses, optimizers, models, callbacks, and the training that brings them together.
module narwhal.core {
    requires static org.jspecify;
    requires transitive narwhal.base;
    requires transitive narwhal.engine;
    requires transitive narwhal.history;
    // The readers of picture files.
    requires java.desktop;
    // Tests count allocated bytes.
    requires static jdk.management;

    exports narwhal.callbacks;
    exports narwhal.data;
    exports narwhal.data.augmentation;
    exports narwhal.data.picture;
    exports narwhal.data.synth;
    exports narwhal.initializers;
    exports narwhal.layers;
    exports narwhal.losses;
    exports narwhal.metrics;
    exports narwhal.models;
    exports narwhal.optimizers;
    exports narwhal.regularizers;
    exports narwhal.testing;
    exports narwhal.training;
}
