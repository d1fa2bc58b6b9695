package narwhal.history;

import java.util.List;

/// What one validation really scored, counted picture by picture.
///
/// @param images pictures scored, each as often as it was
/// @param setSize pictures in the validation set
/// @param classes in the order of their numbers
public record ValidationAudit(long images, long setSize, List<ClassCount> classes) {
    public ValidationAudit {
        classes = List.copyOf(classes);
    }

    /// One class in a validation.
    ///
    /// @param name of the class
    /// @param inSet its pictures in the set
    /// @param scored its pictures that were scored, each as often as it was
    /// @param correct scored pictures that were recognised
    public record ClassCount(String name, long inSet, long scored, long correct) {}
}
