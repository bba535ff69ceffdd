//! Session keys, and what is done with them to one packet (RFC 3711 §4).

use aes::Aes128;
use ctr::{
    Ctr128BE,
    cipher::{KeyIvInit, StreamCipher},
};
use hmac::{Hmac, Mac};
use sha1::Sha1;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::srtp::MasterKey;

const AUTHENTICATION_KEY: usize = 20;
const SESSION_SALT: usize = 14;

/// Which of the six session keys (§4.3.2).
#[derive(Clone, Copy)]
enum Label {
    RtpEncryption = 0,
    RtpAuthentication = 1,
    RtpSalt = 2,
    RtcpEncryption = 3,
    RtcpAuthentication = 4,
    RtcpSalt = 5,
}

/// What a session key is for.
#[derive(Clone, Copy)]
pub(super) enum Purpose {
    Rtp,
    Rtcp,
}

/// The session keys of one direction and purpose.
#[derive(Clone)]
pub(super) struct Cipher {
    key: SessionKey,
    /// The state after the key; a copy of it signs each packet.
    signer: Hmac<Sha1>,
}

#[derive(Clone, Zeroize, ZeroizeOnDrop)]
struct SessionKey {
    encryption: [u8; 16],
    salt: [u8; SESSION_SALT],
}

impl Cipher {
    pub(super) fn new(master: &MasterKey, purpose: Purpose) -> Self {
        let [encryption, authentication, salt] = match purpose {
            Purpose::Rtp => [
                Label::RtpEncryption,
                Label::RtpAuthentication,
                Label::RtpSalt,
            ],
            Purpose::Rtcp => [
                Label::RtcpEncryption,
                Label::RtcpAuthentication,
                Label::RtcpSalt,
            ],
        };
        let mut key = [0; 64];
        let (used, _) = key.split_at_mut(AUTHENTICATION_KEY);
        derive(master, authentication, used);
        // HMAC fills a short key with zeros to its block of 64 octets.
        let signer = <Hmac<Sha1> as hmac::digest::KeyInit>::new(&key.into());
        key.zeroize();
        let mut session = SessionKey {
            encryption: [0; 16],
            salt: [0; SESSION_SALT],
        };
        derive(master, encryption, &mut session.encryption);
        derive(master, salt, &mut session.salt);
        Self {
            key: session,
            signer,
        }
    }

    /// Encrypts or decrypts (§4.1.1); `index` counts this source's packets.
    pub(super) fn apply(&self, ssrc: u32, index: u64, content: &mut [u8]) {
        let mut salt = [0; 16];
        for (place, octet) in salt.iter_mut().zip(self.key.salt) {
            *place = octet;
        }
        let counter = u128::from_be_bytes(salt) ^ u128::from(ssrc) << 64 ^ u128::from(index) << 16;
        Ctr128BE::<Aes128>::new(&self.key.encryption.into(), &counter.to_be_bytes().into())
            .apply_keystream(content);
    }

    /// Proves a packet (§4.2). `beside` is what does not travel in it: the rollover counter.
    pub(super) fn sign(&self, packet: &[u8], beside: &[u8]) -> [u8; 20] {
        self.signing(packet, beside).finalize().into_bytes().into()
    }

    /// Whether `tag` begins the proof, in a time that does not tell how nearly.
    pub(super) fn is_proven(&self, packet: &[u8], beside: &[u8], tag: &[u8]) -> bool {
        self.signing(packet, beside)
            .verify_truncated_left(tag)
            .is_ok()
    }

    fn signing(&self, packet: &[u8], beside: &[u8]) -> Hmac<Sha1> {
        let mut signer = self.signer.clone();
        signer.update(packet);
        signer.update(beside);
        signer
    }
}

/// §4.3.1 with a derivation rate of zero: the label under the salt, as a counter.
fn derive(master: &MasterKey, label: Label, out: &mut [u8]) {
    let mut salt = [0; 16];
    for (place, octet) in salt.iter_mut().zip(master.salt) {
        *place = octet;
    }
    let counter = u128::from_be_bytes(salt) ^ (label as u128) << 64;
    out.fill(0);
    Ctr128BE::<Aes128>::new(&master.key.into(), &counter.to_be_bytes().into()).apply_keystream(out);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn octets(hexadecimal: &str) -> Vec<u8> {
        let digits: Vec<u32> = hexadecimal
            .chars()
            .filter_map(|it| it.to_digit(16))
            .collect();
        digits
            .chunks(2)
            .map(|pair| (pair[0] << 4 | pair[1]) as u8)
            .collect()
    }

    /// RFC 3711 appendix B.3.
    #[test]
    fn session_keys_are_those_of_the_standards_example() {
        let master = octets("E1F97A0D3E018BE0D64FA32C06DE41390EC675AD498AFEEBB6960B3AABE6");
        let master = MasterKey::from_slice(&master).unwrap();
        let mut encryption = [0; 16];
        let mut salt = [0; 14];
        let mut authentication = [0; 94];

        derive(&master, Label::RtpEncryption, &mut encryption);
        derive(&master, Label::RtpSalt, &mut salt);
        derive(&master, Label::RtpAuthentication, &mut authentication);

        assert_eq!(encryption[..], octets("C61E7A93744F39EE10734AFE3FF7A087"));
        assert_eq!(salt[..], octets("30CBBC08863D8C85D49DB34A9AE1"));
        assert_eq!(
            authentication[..32],
            octets("CEBE321F6FF7716B6FD4AB49AF256A156D38BAA48F0A0ACF3C34E2359E6CDBCE")
        );
        assert_eq!(authentication[80..], octets("6B68642C59BBFC2F34DB60DBDFB2"));
    }

    /// RFC 3711 appendix B.2.
    #[test]
    fn the_key_stream_is_that_of_the_standards_example() {
        let master = MasterKey {
            key: [0; 16],
            salt: [0; 14],
        };
        let mut cipher = Cipher::new(&master, Purpose::Rtp);
        cipher.key = SessionKey {
            encryption: octets("2B7E151628AED2A6ABF7158809CF4F3C")
                .try_into()
                .unwrap(),
            salt: octets("F0F1F2F3F4F5F6F7F8F9FAFBFCFD").try_into().unwrap(),
        };
        let mut stream = [0; 48];

        cipher.apply(0, 0, &mut stream);

        assert_eq!(stream[..16], octets("E03EAD0935C95E80E166B16DD92B4EB4"));
        assert_eq!(stream[16..32], octets("D23513162B02D0F72A43A2FE4A5F97AB"));
        assert_eq!(stream[32..], octets("41E95B3BB0A2E8DD477901E4FCA894C0"));
    }
}
