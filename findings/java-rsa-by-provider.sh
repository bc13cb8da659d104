#!/usr/bin/env bash
# Java: Cipher.getInstance("RSA") pads by PKCS #1 v1.5 in the provider of the JDK (SunJCE), and not at all in BouncyCastle: there it is
# textbook RSA, the same plaintext gives the same ciphertext each time, and whoever decrypts gets the bytes without their leading zeros.
# Nothing fails: the ciphertext is as long, and BouncyCastle opens its own.
# Needs java, and Debian's libbcprov-java (/usr/share/java/bcprov.jar). Exits 1 when this changes.
set -euo pipefail
jar=${BCPROV:-/usr/share/java/bcprov.jar}
[ -e "$jar" ] || { echo "Install libbcprov-java." >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/Plain.java" <<'JAVA'
import java.security.*;
import java.util.*;
import javax.crypto.Cipher;

public class Plain {
    public static void main(String[] arguments) throws Exception {
        Provider bc = (Provider) Class.forName("org.bouncycastle.jce.provider.BouncyCastleProvider").getConstructor().newInstance();
        Security.addProvider(bc);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        System.out.println("Java " + System.getProperty("java.version") + ", " + bc.getInfo());
        boolean sun = repeats("SunJCE", pair), bouncy = repeats("BC", pair);
        System.out.println("Two encryptions of one text are equal: SunJCE " + sun + ", BouncyCastle " + bouncy);
        Cipher cipher = Cipher.getInstance("RSA", "BC");
        cipher.init(Cipher.ENCRYPT_MODE, pair.getPublic());
        byte[] ciphertext = cipher.doFinal(new byte[] { 0, 0, 7 });
        cipher.init(Cipher.DECRYPT_MODE, pair.getPrivate());
        int length = cipher.doFinal(ciphertext).length;
        System.out.println("BouncyCastle: the bytes 00 00 07 come back as " + length + " byte");
        System.exit(!sun && bouncy && length == 1 ? 0 : 1);
    }

    static boolean repeats(String provider, KeyPair pair) throws Exception {
        Cipher cipher = Cipher.getInstance("RSA", provider);
        cipher.init(Cipher.ENCRYPT_MODE, pair.getPublic());
        return Arrays.equals(cipher.doFinal("secret".getBytes("UTF-8")), cipher.doFinal("secret".getBytes("UTF-8")));
    }
}
JAVA
cd "$work"
java -cp "$jar" Plain.java || { echo "This changed."; exit 1; }
