//! The identity profile of a magnetic stripe: `KRID1=<13 digits>=<name>=<YYMM>` on track 3.
//!
//! The name is UTF-8 in base64url, because a stripe's alphabet knows no Hangul.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use devices::card_reader::{CardFault, CardHolder};
use jiff::civil::Date;
use privacy::Personal;

/// Takes a track's data apart, without its sentinels and its check character.
pub(super) fn read_profile(data: &[u8], today: Date) -> Result<CardHolder, CardFault> {
    let data = std::str::from_utf8(data).map_err(|_| CardFault::Unknown)?;
    let mut fields = data.split('=');
    if fields.next() != Some("KRID1") {
        return Err(CardFault::Unknown);
    }
    let (Some(number), Some(name), Some(expiry), None) =
        (fields.next(), fields.next(), fields.next(), fields.next())
    else {
        return Err(CardFault::Unknown);
    };
    let name = URL_SAFE_NO_PAD
        .decode(name)
        .ok()
        .and_then(|name| String::from_utf8(name).ok());
    let digits = number.len() == 13 && number.bytes().all(|digit| digit.is_ascii_digit());
    let last_month = last_month(expiry).ok_or(CardFault::Unknown)?;
    if (today.year(), today.month()) > last_month {
        return Err(CardFault::Expired);
    }
    match name {
        Some(name) if digits && !name.is_empty() => Ok(CardHolder {
            name: Personal::new(name),
            resident_number: Personal::new(number.to_owned()),
        }),
        _ => Err(CardFault::Unknown),
    }
}

/// Year and month of `YYMM`; this profile began in the year 2000.
fn last_month(expiry: &str) -> Option<(i16, i8)> {
    let digits = expiry.len() == 4 && expiry.bytes().all(|digit| digit.is_ascii_digit());
    let (year, month) = expiry.split_at_checked(2).filter(|_| digits)?;
    let (year, month): (i16, i8) = (year.parse().ok()?, month.parse().ok()?);
    (1..=12).contains(&month).then_some((2000 + year, month))
}
