package narwhal.data;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import narwhal.data.picture.Picture;
import narwhal.data.picture.PictureDecoder;
import narwhal.data.picture.PictureFile;
import narwhal.errors.Problem;

/// The usable pictures of a scanned folder. A file that is not the one the scan saw is an error.
final class FolderPictures implements PictureSource {
    private final FolderScan scan;
    private final PictureDecoder decoder;

    FolderPictures(FolderScan scan, PictureDecoder decoder) {
        this.scan = scan;
        this.decoder = decoder;
    }

    @Override
    public int size() {
        return scan.entries().size();
    }

    @Override
    public List<String> classNames() {
        return scan.classNames();
    }

    @Override
    public int classOf(int index) {
        return scan.entries().get(index).classNumber();
    }

    @Override
    public String nameOf(int index) {
        return scan.entries().get(index).name();
    }

    @Override
    public Picture picture(int index) {
        var entry = scan.entries().get(index);
        var file = PictureFile.read(entry.path());
        if (file.size() != entry.size() || file.modified() != entry.modified()) {
            throw Problem.IMG_CHANGED.because(entry.path() + ": changed since the scan"
                    + (file.size() == entry.size() ? "" : ", from " + entry.size() + " to " + file.size() + " bytes"));
        }
        return decoder.decode(file.bytes(), entry.path().toString()).picture();
    }

    /// SHA-256 over the classes, and the name, size and class of every picture, left-out ones included.
    @Override
    public String fingerprint() {
        var digest = sha256();
        scan.classNames().forEach(name -> add(digest, "class", name));
        scan.entries().forEach(entry -> add(digest, "picture", entry.name() + "\0" + entry.size() + "\0"
                + entry.classNumber()));
        scan.bad().forEach(bad -> add(digest, "bad", bad.name()));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, String kind, String text) {
        digest.update((kind + "\0" + text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
