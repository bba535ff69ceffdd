//! Who may look after this kiosk: technicians, by the number of a card and a PIN.

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use privacy::Personal;
use serde::Deserialize;

/// Digits of a PIN.
pub(crate) const PIN: std::ops::RangeInclusive<usize> = 6..=12;
/// Digits of a card's number, as readers tell it.
const CARD: usize = 13;
const NAME_MAX: usize = 24;

/// One technician, as the settings name them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Technician {
    pub name: TechnicianName,
    /// Of the card's number and of the PIN: argon2id (RFC 9106) as PHC strings.
    card: String,
    pin: String,
}

/// What the log and the machine's book call a technician: letters, digits, `-` and `_`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, serde::Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct TechnicianName(String);

/// Why somebody cannot be made a technician. Says nothing of card and PIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotATechnician {
    #[error("a technician's name has 1 to 24 letters, digits, `-` or `_`")]
    Name,
    #[error("a card's number has 13 digits")]
    Card,
    #[error("a PIN has 6 to 12 digits, and not all of them alike")]
    Pin,
    #[error("it could not be hashed")]
    Hash,
}

impl TechnicianName {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for TechnicianName {
    type Error = NotATechnician;

    fn try_from(name: String) -> Result<Self, NotATechnician> {
        let letter = |it: char| it.is_alphanumeric() || it == '-' || it == '_';
        let fits = (1..=NAME_MAX).contains(&name.chars().count()) && name.chars().all(letter);
        fits.then_some(Self(name)).ok_or(NotATechnician::Name)
    }
}

impl From<TechnicianName> for String {
    fn from(name: TechnicianName) -> Self {
        name.0
    }
}

/// The lines of the settings that make somebody a technician.
///
/// # Errors
/// When a name, number or PIN is of no use.
pub fn entry(
    name: &str,
    card: &Personal<String>,
    pin: &Personal<String>,
) -> Result<String, NotATechnician> {
    let name = TechnicianName::try_from(name.to_owned())?;
    let digits = |it: &str| it.bytes().all(|digit| digit.is_ascii_digit());
    let (card, pin) = (card.reveal().as_str(), pin.reveal().as_str());
    if card.len() != CARD || !digits(card) {
        return Err(NotATechnician::Card);
    }
    let alike = pin.bytes().zip(pin.bytes().skip(1)).all(|(a, b)| a == b);
    if !PIN.contains(&pin.len()) || !digits(pin) || alike {
        return Err(NotATechnician::Pin);
    }
    let (card, pin) = (hash(card)?, hash(pin)?);
    let name = name.as_str();
    Ok(format!(
        "[[technician]]\nname = \"{name}\"\ncard = \"{card}\"\npin = \"{pin}\"\n"
    ))
}

/// Takes tens of milliseconds and 19 MiB, on purpose.
fn hash(secret: &str) -> Result<String, NotATechnician> {
    let hash = Argon2::default().hash_password(secret.as_bytes());
    Ok(hash.map_err(|_| NotATechnician::Hash)?.to_string())
}

fn fits(secret: &Personal<String>, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| {
        let letters = secret.reveal().as_bytes();
        Argon2::default().verify_password(letters, &hash).is_ok()
    })
}

/// Whose card it is.
pub(crate) fn of_card(
    technicians: &[Technician],
    card: &Personal<String>,
) -> Option<TechnicianName> {
    let known = technicians.iter().find(|it| fits(card, &it.card))?;
    Some(known.name.clone())
}

pub(crate) fn has_pin(
    technicians: &[Technician],
    name: &TechnicianName,
    pin: &Personal<String>,
) -> bool {
    let known = technicians.iter().find(|it| it.name == *name);
    known.is_some_and(|it| fits(pin, &it.pin))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn secret(text: &str) -> Personal<String> {
        Personal::new(text.to_owned())
    }

    #[derive(Deserialize)]
    struct File {
        technician: Vec<Technician>,
    }

    #[test]
    fn an_entry_is_what_the_settings_read_and_tells_neither_card_nor_pin() {
        let card = secret("9001012990014");
        let lines = entry("tech-1", &card, &secret("271828")).unwrap();
        assert!(!lines.contains("9001012990014") && !lines.contains("271828"));

        let known = toml::from_str::<File>(&lines).unwrap().technician;

        let name = of_card(&known, &card).unwrap();
        assert_eq!(name.as_str(), "tech-1");
        assert_eq!(of_card(&known, &secret("8507151990027")), None);
        assert!(has_pin(&known, &name, &secret("271828")));
        assert!(!has_pin(&known, &name, &secret("271829")));
        let other = TechnicianName::try_from("tech-2".to_owned()).unwrap();
        assert!(!has_pin(&known, &other, &secret("271828")));
    }

    #[test]
    fn what_is_soon_guessed_or_mistyped_makes_no_technician() {
        let (card, pin) = ("9001012990014", "271828");
        for (name, card, pin, refusal) in [
            ("", card, pin, NotATechnician::Name),
            ("kim young", card, pin, NotATechnician::Name),
            ("tech-1", "900101299001", pin, NotATechnician::Card),
            ("tech-1", "900101-299001", pin, NotATechnician::Card),
            ("tech-1", card, "27182", NotATechnician::Pin),
            ("tech-1", card, "777777", NotATechnician::Pin),
            ("tech-1", card, "2718281828459", NotATechnician::Pin),
        ] {
            let refused = entry(name, &secret(card), &secret(pin));
            assert_eq!(refused, Err(refusal), "{name} {card} {pin}");
        }
    }
}
