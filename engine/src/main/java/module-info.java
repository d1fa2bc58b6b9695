/// Tensors, the primitive operations on them with their gradients, and the engine that runs them on the CPU.
module narwhal.engine {
    requires static org.jspecify;
    requires jdk.incubator.vector;
    // Tests count allocated bytes.
    requires static jdk.management;

    exports narwhal.engine;
}
