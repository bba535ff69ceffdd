//! Files of cards, whole and otherwise.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

const TODAY: Date = date(2026, 11, 25);

fn object(tag: u8, value: &[u8]) -> Vec<u8> {
    let length = u8::try_from(value.len()).expect("short");
    [&[tag, 0x81, length][..], value].concat()
}

fn template(version: u8, number: &[u8], name: &[u8], expiry: &[u8]) -> Vec<u8> {
    let mut objects = [
        object(0xc0, &[version]),
        object(0xc1, number),
        object(0xc2, name),
        object(0xc3, expiry),
    ]
    .concat();
    let digest = Sha256::digest(&objects);
    objects.extend([0xc4, 32]);
    objects.extend(digest);
    object(0xe1, &objects)
}

fn well() -> Vec<u8> {
    template(1, b"9001012990014", "한빛나".as_bytes(), b"20261125")
}

#[test]
fn a_whole_file_names_its_holder_until_the_last_day_is_over() {
    let holder = read_template(&well(), TODAY).expect("a card that is well");

    assert_eq!(holder.name.reveal(), "한빛나");
    assert_eq!(holder.resident_number.reveal(), "9001012990014");
    assert_eq!(
        read_template(&well(), date(2026, 11, 26)),
        Err(CardFault::Expired)
    );
}

#[test]
fn what_is_whole_but_not_of_this_profile_is_unknown() {
    let name = "한빛나".as_bytes();
    let number = b"9001012990014";
    for odd in [
        template(2, number, name, b"20301231"),
        template(1, b"900101299001", name, b"20301231"),
        template(1, b"900101-990014", name, b"20301231"),
        template(1, number, b"", b"20301231"),
        template(1, number, b"\xff\xfe", b"20301231"),
        template(1, number, b"a\nb", b"20301231"),
        template(1, number, &[b'a'; 121], b"20301231"),
        template(1, number, name, b"20301331"),
        template(1, number, name, b"2030123"),
    ] {
        assert_eq!(
            read_template(&odd, TODAY),
            Err(CardFault::Unknown),
            "{odd:02x?}"
        );
    }
}

#[test]
fn a_file_is_measured_before_it_is_read() {
    let file = well();

    assert_eq!(template_length(&[]), Ok(None));
    assert_eq!(template_length(&file[..2]), Ok(None));
    assert_eq!(template_length(&file[..3]), Ok(Some(file.len())));
    assert_eq!(template_length(b"0\x10"), Err(CardFault::Unknown));
    assert_eq!(
        template_length(&[0xe1, 0x82, 0x40, 0x00]),
        Err(CardFault::Unreadable)
    );
    assert_eq!(
        template_length(&[0xe1, 0x84, 0, 0]),
        Err(CardFault::Unreadable)
    );
}

proptest! {
    #[test]
    fn one_wrong_byte_never_makes_another_person(at in 0..100_usize, bits in 1..=255_u8) {
        let mut file = well();
        let at = at % file.len();
        file[at] ^= bits;

        prop_assert!(read_template(&file, TODAY).is_err());
    }

    #[test]
    fn noise_is_no_card(noise in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = template_length(&noise);
        prop_assert!(read_template(&noise, TODAY).is_err());
        let framed = object(0xe1, &noise[..noise.len().min(250)]);
        prop_assert!(read_template(&framed, TODAY).is_err());
    }
}
