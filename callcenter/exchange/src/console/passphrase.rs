//! Operators' passphrases: hashed by argon2id (RFC 9106), and one drawn for a newcomer.

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use privacy::Personal;

/// Shorter ones are guessed; longer ones nobody types (NIST SP 800-63B-4, 3.1.1.2).
const LETTERS: std::ops::RangeInclusive<usize> = 12..=128;
/// For drawing: without letters that are read for others.
const DRAWN: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
const GROUPS: usize = 5;
const LETTERS_A_GROUP: usize = 4;

/// Why a passphrase is not taken. Says nothing of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NotAPassphrase {
    #[error("a passphrase has 12 to 128 letters")]
    Length,
    #[error("the passphrase could not be hashed")]
    Hash,
}

/// The hash as a PHC string. Takes tens of milliseconds and 19 MiB, on purpose.
///
/// # Errors
/// When it is too short or too long.
pub(crate) fn hash(passphrase: &Personal<String>) -> Result<String, NotAPassphrase> {
    let letters = passphrase.reveal();
    if !LETTERS.contains(&letters.chars().count()) {
        return Err(NotAPassphrase::Length);
    }
    let hash = Argon2::default().hash_password(letters.as_bytes());
    Ok(hash.map_err(|_| NotAPassphrase::Hash)?.to_string())
}

/// Whether it is the passphrase under a hash. Takes as long where there is none.
pub(super) fn fits(passphrase: &Personal<String>, hash: Option<&str>) -> bool {
    let parsed = PasswordHash::new(hash.unwrap_or(NOBODYS));
    let letters = passphrase.reveal().as_bytes();
    let fits = parsed.is_ok_and(|it| Argon2::default().verify_password(letters, &it).is_ok());
    fits && hash.is_some()
}

/// A hundred bits that can be read over a telephone.
pub(super) fn drawn(bytes: [u8; GROUPS * LETTERS_A_GROUP]) -> Personal<String> {
    let letters = bytes.map(|it| char::from(DRAWN[usize::from(it) % DRAWN.len()]));
    let groups = letters.chunks(LETTERS_A_GROUP);
    let groups: Vec<String> = groups.map(|it| it.iter().collect()).collect();
    Personal::new(groups.join("-"))
}

/// As it is handed over to whom it is for.
pub(super) fn shown(drawn: &Personal<String>) -> &str {
    drawn.reveal()
}

/// Of a passphrase that was drawn once and thrown away, with the parameters of `hash`.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGhhcyBpdA$\
                       q0ZNAIvmUkhvF8n+dmzJ0TnCTKnVbWq1xYzHnUpy9xg";

#[cfg(test)]
mod tests {
    use super::*;

    fn phrase(text: &str) -> Personal<String> {
        Personal::new(text.to_owned())
    }

    #[test]
    fn a_passphrase_fits_its_hash_and_no_other_does() {
        let known = hash(&phrase("blue kite over gaon")).expect("long enough");

        assert!(known.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(fits(&phrase("blue kite over gaon"), Some(&known)));
        assert!(!fits(&phrase("red kite over gaon"), Some(&known)));
        assert!(!fits(&phrase("blue kite over gaon"), Some("nonsense")));
        assert!(!fits(&phrase(""), None));
    }

    #[test]
    fn where_there_is_no_operator_as_much_is_computed() {
        let nobodys = PasswordHash::new(NOBODYS).expect("a PHC string");
        let somebodys = hash(&phrase("blue kite over gaon")).expect("long enough");
        let somebodys = PasswordHash::new(&somebodys).expect("a PHC string");

        assert_eq!(nobodys.params, somebodys.params);
        assert_eq!(nobodys.algorithm, somebodys.algorithm);
    }

    #[test]
    fn what_is_soon_guessed_is_not_taken_and_what_is_drawn_is() {
        assert_eq!(hash(&phrase("blue kite")), Err(NotAPassphrase::Length));
        assert_eq!(
            hash(&phrase(&"가".repeat(129))),
            Err(NotAPassphrase::Length)
        );
        let drawn = drawn([
            0, 31, 32, 255, 7, 7, 7, 7, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 9,
        ]);
        assert_eq!(drawn.reveal(), "a9a9-hhhh-bcde-fghi-jjjj");
        assert!(hash(&drawn).is_ok());
    }
}
