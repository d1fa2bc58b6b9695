package narwhal.training;

import narwhal.engine.Engine;
import narwhal.golden.Golden;
import narwhal.optimizers.Optimizers;
import org.junit.jupiter.api.Test;

class DeviationTest {
    @Test
    void show() {
        var network = KerasTrainingTest.network(new int[]{4, 4, 4, 8, 8, 8, 16}, new int[]{32, 32});
        double[] expected = Golden.doubles(Golden.read("training.json").path("sgd"));
        for (var engine : new Engine[]{Engine.cpu(2), Engine.reference()}) {
            var name = engine.toString();
            var losses = KerasTrainingTest.losses(engine, network, Optimizers.sgd(0.01).momentum(0.9));
            var line = new StringBuilder("DEV " + name);
            for (int i = 0; i < 50; i++) line.append(String.format(" %.1e", losses.get(i) / expected[i] - 1));
            System.out.println(line);
        }
        double[] adam = Golden.doubles(Golden.read("training.json").path("adam"));
        var losses = KerasTrainingTest.losses(Engine.cpu(2), network, Optimizers.adam(1e-4));
        var line = new StringBuilder("DEV adam");
        for (int i = 0; i < 50; i++) line.append(String.format(" %.1e", losses.get(i) / adam[i] - 1));
        System.out.println(line);
    }
}
