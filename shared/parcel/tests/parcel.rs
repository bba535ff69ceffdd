//! A parcel reaches the exchange whole and unread, or not at all.

#![allow(clippy::unwrap_used)]

use parcel::{Address, Opener, Parcel, ParcelError, pack, unpack};
use privacy::Personal;
use request::{RequestId, StationId, Timestamp};
use sync::{Content, Entry, Forged, Hash, Head, Incarnation, KeyPair, Salt, SignedHead};

const CANARY: &str = "9001011234567";

struct Exchange {
    opener: Opener,
    address: Address,
}

fn exchange() -> Exchange {
    let opener = Opener::generate();
    let address = Address::new(&opener, &KeyPair::generate().public()).unwrap();
    Exchange { opener, address }
}

fn genesis() -> Head {
    Head::genesis(StationId::new("gaon-1"), Incarnation::from_bytes([7; 16]))
}

fn entry(number: u64) -> Entry {
    Entry {
        station: genesis().station,
        incarnation: genesis().incarnation,
        number,
        request: RequestId::new("r"),
        recorded_at: Timestamp::from_millis(number.cast_signed()),
        content: Content::Whole {
            salt: Salt::from_bytes([1; 16]),
            body: Personal::new(format!("{{\"canary\":\"{CANARY}\"}}")),
        },
    }
}

/// Entries 4 to 9, the hash before them and the head after.
fn outbox() -> (Vec<Entry>, Hash, Head) {
    let mut head = genesis();
    let mut before = head.hash;
    let entries: Vec<Entry> = (1..=9).map(entry).collect();
    for entry in &entries {
        if entry.number == 4 {
            before = head.hash;
        }
        head = head.after(&entry.request, entry.recorded_at, &entry.commitment());
    }
    (entries[3..].to_vec(), before, head)
}

fn parcel(station: &KeyPair, exchange: &Exchange, change: &dyn Fn(&mut Vec<Entry>)) -> Vec<u8> {
    let (mut entries, before, head) = outbox();
    change(&mut entries);
    let signed = SignedHead::sign(head, Timestamp::from_millis(99), station);
    pack(&signed, before, &entries, &exchange.address).unwrap()
}

fn opened(sealed: &[u8], exchange: &Exchange) -> Result<Parcel, ParcelError> {
    unpack(sealed, &exchange.opener)
}

#[test]
fn what_was_packed_is_unpacked_and_names_nobody_on_its_way() {
    let (station, exchange) = (KeyPair::generate(), exchange());
    let sealed = parcel(&station, &exchange, &|_| {});

    assert!(
        !sealed
            .windows(6)
            .any(|it| CANARY.as_bytes().starts_with(it))
    );
    let parcel = opened(&sealed, &exchange).unwrap();
    parcel.verify(&station.public()).unwrap();
    let (entries, before, head) = outbox();
    assert_eq!((parcel.claimed(), parcel.before()), (&head, before));
    assert!(!format!("{parcel:?}").contains(CANARY));
    assert_eq!(parcel.into_entries(), entries);
}

#[test]
fn whoever_finds_the_stick_or_runs_another_exchange_cannot_open_it() {
    let (station, ours, theirs) = (KeyPair::generate(), exchange(), exchange());
    let sealed = parcel(&station, &ours, &|_| {});

    assert_eq!(opened(&sealed, &theirs).unwrap_err(), ParcelError::NotForUs);
    assert_eq!(
        opened(b"holiday pictures", &ours).unwrap_err(),
        ParcelError::NotAParcel
    );
    assert_eq!(opened(b"", &ours).unwrap_err(), ParcelError::NotAParcel);
}

#[test]
fn a_parcel_cut_short_or_altered_anywhere_is_not_opened() {
    let (station, exchange) = (KeyPair::generate(), exchange());
    let sealed = parcel(&station, &exchange, &|_| {});

    for length in 0..sealed.len() {
        let cut = opened(&sealed[..length], &exchange).unwrap_err();
        assert!(
            matches!(cut, ParcelError::NotAParcel | ParcelError::Damaged),
            "{length}: {cut:?}"
        );
    }
    for place in 0..sealed.len() {
        let mut altered = sealed.clone();
        altered[place] ^= 1;
        assert!(opened(&altered, &exchange).is_err(), "{place}");
    }
    let mut longer = sealed;
    longer.push(0);
    assert_eq!(
        opened(&longer, &exchange).unwrap_err(),
        ParcelError::Damaged
    );
}

#[test]
fn what_the_station_has_not_signed_is_named_and_not_believed() {
    let (station, stranger, exchange) = (KeyPair::generate(), KeyPair::generate(), exchange());
    let verdict = |change: &dyn Fn(&mut Vec<Entry>)| {
        let sealed = parcel(&station, &exchange, change);
        opened(&sealed, &exchange)
            .unwrap()
            .verify(&station.public())
    };

    let honest = opened(&parcel(&station, &exchange, &|_| {}), &exchange).unwrap();
    assert_eq!(
        honest.verify(&stranger.public()),
        Err(ParcelError::Forged(Forged::Station))
    );
    assert_eq!(
        verdict(&|entries| entries[2] = entry(2)),
        Err(ParcelError::Gap {
            expected: 6,
            found: 2
        })
    );
    assert_eq!(
        verdict(&|entries| drop(entries.remove(0))),
        Err(ParcelError::Chain)
    );
    assert_eq!(
        verdict(&|entries| drop(entries.pop())),
        Err(ParcelError::Gap {
            expected: 5,
            found: 4
        })
    );
    assert_eq!(
        verdict(&|entries| entries[2].station = StationId::new("gaon-2")),
        Err(ParcelError::Foreign(6))
    );
    assert_eq!(
        verdict(&|entries| entries[2].request = RequestId::new("s")),
        Err(ParcelError::Chain)
    );
    let erased = Content::Erased {
        commitment: genesis().hash,
    };
    assert_eq!(
        verdict(&|entries| entries[2].content = erased.clone()),
        Err(ParcelError::Chain)
    );
}

#[test]
fn a_body_erased_meanwhile_is_carried_by_its_commitment() {
    let (station, exchange) = (KeyPair::generate(), exchange());
    let sealed = parcel(&station, &exchange, &|entries| {
        let commitment = entries[2].commitment();
        entries[2].content = Content::Erased { commitment };
    });

    let parcel = opened(&sealed, &exchange).unwrap();

    assert_eq!(parcel.verify(&station.public()), Ok(()));
}

#[test]
fn an_empty_or_an_overfull_parcel_is_not_closed() {
    let (station, exchange) = (KeyPair::generate(), exchange());
    let (entries, before, head) = outbox();
    let signed = SignedHead::sign(head, Timestamp::from_millis(99), &station);

    let empty = pack(&signed, before, &[], &exchange.address);
    let overfull = vec![entries[0].clone(); parcel::ENTRIES_MAX as usize + 1];

    assert_eq!(empty.unwrap_err(), ParcelError::Count);
    assert_eq!(
        pack(&signed, before, &overfull, &exchange.address).unwrap_err(),
        ParcelError::Count
    );
}

#[test]
fn keys_survive_their_files_and_nonsense_is_no_key() {
    let exchange = exchange();
    let opener = Opener::from_text(&exchange.opener.to_text()).unwrap();
    let text = serde_json::to_string(&exchange.address).unwrap();
    let address: Address = serde_json::from_str(&text).unwrap();

    let sealed = parcel(&KeyPair::generate(), &exchange, &|_| {});
    assert!(unpack(&sealed, &opener).is_ok());
    assert_eq!(address, exchange.address);
    assert!(address.co_signer().is_ok());
    assert!(Opener::from_text("AGE-SECRET-KEY-1").is_err());
    let broken: Address =
        serde_json::from_str(r#"{"recipient":"age1","co_signer":"no key"}"#).unwrap();
    assert!(broken.co_signer().is_err());
    let (entries, before, head) = outbox();
    let signed = SignedHead::sign(head, Timestamp::default(), &KeyPair::generate());
    assert!(matches!(
        pack(&signed, before, &entries, &broken),
        Err(ParcelError::Key(_))
    ));
}
