#!/usr/bin/env bash
# Java: one transformation string, two ciphertexts. "RSA/ECB/OAEPWithSHA-256AndMGF1Padding" uses SHA-1 for MGF1 in the provider of the
# JDK (SunJCE), and SHA-256 in BouncyCastle. One cannot decrypt what the other encrypted with the same string, and the name of neither
# says so: adding a provider to the list in java.security changes what existing code sends.
# Needs javac and java, and Debian's libbcprov-java (/usr/share/java/bcprov.jar). Exits 1 when this changes.
set -euo pipefail
jar=${BCPROV:-/usr/share/java/bcprov.jar}
[ -e "$jar" ] || { echo "Install libbcprov-java." >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/Oaep.java" <<'JAVA'
import java.security.*;
import java.security.spec.MGF1ParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;

public class Oaep {
    static final String NAME = "RSA/ECB/OAEPWithSHA-256AndMGF1Padding";

    public static void main(String[] arguments) throws Exception {
        Provider bc = (Provider) Class.forName("org.bouncycastle.jce.provider.BouncyCastleProvider").getConstructor().newInstance();
        Security.addProvider(bc);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        System.out.println("Java " + System.getProperty("java.version") + ", " + bc.getInfo());
        String sun = mgf1("SunJCE", pair), bouncy = mgf1("BC", pair);
        System.out.println("SunJCE: MGF1 with " + sun + "\nBouncyCastle: MGF1 with " + bouncy);
        Cipher from = Cipher.getInstance(NAME, "BC");
        from.init(Cipher.ENCRYPT_MODE, pair.getPublic());
        byte[] ciphertext = from.doFinal("secret".getBytes("UTF-8"));
        Cipher to = Cipher.getInstance(NAME, "SunJCE");
        to.init(Cipher.DECRYPT_MODE, pair.getPrivate());
        boolean opened = true;
        try { to.doFinal(ciphertext); } catch (GeneralSecurityException failure) { opened = false; System.out.println("SunJCE on BouncyCastle's ciphertext: " + failure); }
        System.exit(sun.equals("SHA-1") && bouncy.equals("SHA-256") && !opened ? 0 : 1);
    }

    // What the cipher itself reports of its parameters.
    static String mgf1(String provider, KeyPair pair) throws Exception {
        Cipher cipher = Cipher.getInstance(NAME, provider);
        cipher.init(Cipher.ENCRYPT_MODE, pair.getPublic());
        OAEPParameterSpec spec = cipher.getParameters().getParameterSpec(OAEPParameterSpec.class);
        return ((MGF1ParameterSpec) spec.getMGFParameters()).getDigestAlgorithm();
    }
}
JAVA
cd "$work"
java -cp "$jar" Oaep.java || { echo "This changed."; exit 1; }
