package narwhal.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import narwhal.data.Division.Group;
import narwhal.data.Split.Part;
import narwhal.engine.Randomness;

/// Puts groups into parts so that each class is divided in the wanted proportions: the largest groups first, equal ones in
/// random order, each where it brings the counts nearest to their targets. Afterwards no part lacks a class that has enough
/// groups to go round.
final class Allocation {
    private final List<Part> parts;
    private final List<Group> groups;
    private final double[][] targets;
    private final int[][] counts;
    private final int[] partOf;

    Allocation(List<Part> parts, int classes, List<Group> groups, long seed) {
        this.parts = parts;
        this.groups = groups;
        this.targets = new double[parts.size()][classes];
        this.counts = new int[parts.size()][classes];
        this.partOf = new int[groups.size()];
        double whole = parts.stream().mapToDouble(Part::share).sum();
        for (var group : groups) {
            for (int p = 0; p < parts.size(); p++) {
                for (int c = 0; c < classes; c++) targets[p][c] += group.ofClass()[c] * parts.get(p).share() / whole;
            }
        }
        allocate(new Randomness(seed).permutation(0, groups.size()));
        for (int c = 0; c < classes; c++) fillEmpty(c);
    }

    /// The part of each group.
    int[] parts() {
        return partOf.clone();
    }

    private void allocate(int[] shuffled) {
        var order = new ArrayList<Integer>();
        for (int g : shuffled) order.add(g);
        order.sort(Comparator.comparingInt((Integer g) -> groups.get(g).pictures().length).reversed());
        for (int g : order) {
            int best = 0;
            for (int p = 1; p < parts.size(); p++) {
                double difference = cost(p, groups.get(g)) - cost(best, groups.get(g));
                if (difference < -1e-9 || (difference < 1e-9 && fullness(p) < fullness(best) - 1e-9)) best = p;
            }
            partOf[g] = best;
            add(best, groups.get(g), 1);
        }
    }

    private void add(int part, Group group, int sign) {
        for (int c = 0; c < counts[part].length; c++) counts[part][c] += sign * group.ofClass()[c];
    }

    /// How much farther from its targets a part would be with a group: the change of Σ (count − target)² ⁄ target.
    private double cost(int part, Group group) {
        double cost = 0;
        for (int c = 0; c < counts[part].length; c++) {
            int n = group.ofClass()[c];
            double target = targets[part][c];
            if (n > 0) cost += (2 * n * (counts[part][c] - target) + (double) n * n) / target;
        }
        return cost;
    }

    private double fullness(int part) {
        double count = 0;
        double target = 0;
        for (int c = 0; c < counts[part].length; c++) {
            count += counts[part][c];
            target += targets[part][c];
        }
        return count / target;
    }

    /// Gives a part without a class the smallest group of it that another part can spare.
    private void fillEmpty(int classNumber) {
        for (int p = 0; p < parts.size(); p++) {
            if (counts[p][classNumber] > 0) continue;
            int chosen = -1;
            for (int g = 0; g < partOf.length; g++) {
                if (spare(g, classNumber) && (chosen < 0
                        || groups.get(g).pictures().length < groups.get(chosen).pictures().length))
                    chosen = g;
            }
            if (chosen < 0) continue;
            add(partOf[chosen], groups.get(chosen), -1);
            partOf[chosen] = p;
            add(p, groups.get(chosen), 1);
        }
    }

    /// Whether a group has pictures of the class and is not the last of its part with any class it holds.
    private boolean spare(int group, int classNumber) {
        int[] own = groups.get(group).ofClass();
        if (own[classNumber] == 0) return false;
        for (int c = 0; c < own.length; c++) if (own[c] > 0 && counts[partOf[group]][c] == own[c]) return false;
        return true;
    }
}
