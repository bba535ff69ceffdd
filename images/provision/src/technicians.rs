//! Whose card it is, and whether the PIN is theirs.

use argon2::{
    Argon2,
    password_hash::{PasswordVerifier, phc::PasswordHash},
};
use privacy::Personal;

use fleet::site::Technician;

/// Takes tens of milliseconds for each of them, on purpose.
pub(crate) fn owner(technicians: &[Technician], card: &Personal<String>) -> Option<String> {
    let owner = technicians.iter().find(|it| fits(card, &it.card))?;
    Some(owner.name.clone())
}

pub(crate) fn has_pin(technicians: &[Technician], name: &str, pin: &Personal<String>) -> bool {
    let known = technicians.iter().find(|it| it.name == name);
    known.is_some_and(|it| fits(pin, &it.pin))
}

fn fits(secret: &Personal<String>, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| {
        let letters = secret.reveal().as_bytes();
        Argon2::default().verify_password(letters, &hash).is_ok()
    })
}
