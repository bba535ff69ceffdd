//! A chain that was tampered with is always found out, and where.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use request::{RequestId, StationId, Timestamp};
use sync::{Audit, Audited, Finding, Hash, Head, Incarnation, Link, Salt, Wrong, commitment};

/// An entry as a file holds it; tampering changes any of it.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    number: u64,
    request: RequestId,
    recorded_at: Timestamp,
    body: Option<(Salt, String)>,
    commitment: Hash,
    hash: Hash,
}

#[derive(Clone, Copy, Debug)]
enum Tampering {
    EditBody,
    EditBodyAndCommitment,
    EditTime,
    EditRequest,
    Delete,
    /// Two rows change places, numbers and all.
    Reorder,
    /// Two rows change their contents and keep their numbers.
    Exchange,
    Insert,
    /// The rows behind are numbered on.
    InsertAndShift,
    DeleteAndShift,
    Truncate,
}

const TAMPERINGS: [Tampering; 11] = [
    Tampering::EditBody,
    Tampering::EditBodyAndCommitment,
    Tampering::EditTime,
    Tampering::EditRequest,
    Tampering::Delete,
    Tampering::Reorder,
    Tampering::Exchange,
    Tampering::Insert,
    Tampering::InsertAndShift,
    Tampering::DeleteAndShift,
    Tampering::Truncate,
];

fn genesis() -> Head {
    Head::genesis(StationId::new("gaon-1"), Incarnation::from_bytes([7; 16]))
}

fn row(number: u64, text: &str) -> Row {
    let mut random = [0; 16];
    random[..8].copy_from_slice(&number.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes());
    let salt = Salt::from_bytes(random);
    let body = format!("{{\"number\":{number},\"text\":\"{text}\"}}");
    Row {
        number,
        request: RequestId::new(format!("gaon-1-{}", number / 5)),
        recorded_at: Timestamp::from_millis(1_795_480_200_000 + number.cast_signed()),
        commitment: commitment(&salt, &body),
        body: Some((salt, body)),
        hash: genesis().hash,
    }
}

/// Computes all hashes, as somebody would who has the key of the file.
fn chain(rows: &mut [Row]) -> Vec<Head> {
    let mut head = genesis();
    let mut heads = vec![head.clone()];
    for row in rows {
        head = head.after(&row.request, row.recorded_at, &row.commitment);
        row.hash = head.hash;
        heads.push(head.clone());
    }
    heads
}

fn journal(length: u64) -> (Vec<Row>, Vec<Head>) {
    let mut rows: Vec<Row> = (1..=length).map(|number| row(number, "")).collect();
    let heads = chain(&mut rows);
    (rows, heads)
}

fn audit(rows: &[Row], signed: &[Head]) -> Audited {
    let mut audit = Audit::new(genesis(), signed.iter().cloned());
    for row in rows {
        audit.take(&Link {
            number: row.number,
            request: &row.request,
            recorded_at: row.recorded_at,
            body: row.body.as_ref().map(|(salt, body)| (salt, body.as_str())),
            commitment: row.commitment,
            hash: row.hash,
        });
    }
    audit.finish()
}

/// Tampers at a place; answers the number that must be named.
fn tamper(rows: &mut Vec<Row>, place: usize, tampering: Tampering) -> u64 {
    let number = rows[place].number;
    let other = (place + 1).min(rows.len() - 1);
    match tampering {
        Tampering::EditBody => rows[place].body.as_mut().unwrap().1.push(' '),
        Tampering::EditBodyAndCommitment => {
            let (salt, body) = rows[place].body.as_mut().unwrap();
            body.push(' ');
            rows[place].commitment = commitment(salt, body);
        }
        Tampering::EditTime => {
            rows[place].recorded_at = rows[place].recorded_at + std::time::Duration::from_millis(1);
        }
        Tampering::EditRequest => rows[place].request = RequestId::new("gaon-1-elsewhere"),
        Tampering::Delete => drop(rows.remove(place)),
        Tampering::Reorder => rows.swap(place, other),
        Tampering::Exchange => {
            rows.swap(place, other);
            (rows[place].number, rows[other].number) = (rows[other].number, rows[place].number);
        }
        Tampering::Insert => rows.insert(place, row(number, "new")),
        Tampering::InsertAndShift => {
            rows.insert(place, row(number, "new"));
            rows[place + 1..].iter_mut().for_each(|it| it.number += 1);
        }
        Tampering::DeleteAndShift => {
            rows.remove(place);
            rows[place..].iter_mut().for_each(|it| it.number -= 1);
        }
        Tampering::Truncate => rows.truncate(place),
    }
    number
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn the_first_tampered_entry_is_named(
        length in 2..60u64, place in any::<prop::sample::Index>(),
        which in prop::sample::select(&TAMPERINGS[..]),
    ) {
        let (mut rows, heads) = journal(length);
        let honest = rows.clone();
        let place = place.index(rows.len());
        let number = tamper(&mut rows, place, which);
        prop_assume!(rows != honest);

        let audited = audit(&rows, &heads[heads.len() - 1..]);

        let finding = audited.finding.expect("it was tampered with");
        prop_assert_eq!(finding.number, number, "{:?}", which);
        prop_assert_eq!(&audited.head, &heads[place]);
    }

    /// The thief has the file's key and knows the chain's rules, but not the
    /// station's and the exchange's private keys.
    #[test]
    fn a_journal_chained_anew_does_not_agree_with_what_was_signed(
        length in 2..60u64, place in any::<prop::sample::Index>(),
        signed in any::<prop::sample::Index>(),
        which in prop::sample::select(&TAMPERINGS[..]),
    ) {
        let (mut rows, heads) = journal(length);
        let honest = rows.clone();
        let signed = 1 + signed.index(rows.len());
        let place = place.index(signed);
        tamper(&mut rows, place, which);
        prop_assume!(rows[..rows.len().min(signed)] != honest[..signed]);
        (1..).zip(&mut rows).for_each(|(number, row)| row.number = number);
        let anew = chain(&mut rows);
        let same = anew.get(signed).is_some_and(|it| it.hash == heads[signed].hash);
        prop_assume!(!same);

        let finding = audit(&rows, &heads[signed..=signed]).finding;

        let finding = finding.expect("it was tampered with");
        let signed = u64::try_from(signed).unwrap();
        prop_assert!(
            [Wrong::Rewritten { signed }, Wrong::Shortened { signed }].contains(&finding.wrong),
            "{:?}: {:?}", which, finding,
        );
    }

    /// Two copies of one disk go on by themselves; what one has signed convicts the other.
    #[test]
    fn a_fork_is_found_from_the_last_common_signed_entry(
        common in 1..30u64, ours in 1..20u64, theirs in 1..20u64,
    ) {
        let (rows, heads) = journal(common + theirs);
        let mut fork = rows[..usize::try_from(common).unwrap()].to_vec();
        fork.extend((common + 1..=common + ours).map(|number| row(number, "fork")));
        chain(&mut fork);
        let at = |number: u64| heads[usize::try_from(number).unwrap()].clone();

        let finding = audit(&fork, &[at(common), at(common + theirs)]).finding.unwrap();

        let signed = common + theirs;
        prop_assert_eq!(finding, if ours < theirs {
            Finding { number: common + ours + 1, wrong: Wrong::Shortened { signed } }
        } else {
            Finding { number: common + 1, wrong: Wrong::Rewritten { signed } }
        });
    }

    #[test]
    fn an_honest_journal_is_never_accused(
        length in 0..60u64, erased in prop::collection::vec(any::<bool>(), 60),
        signed in prop::collection::vec(any::<prop::sample::Index>(), 0..5),
    ) {
        let (mut rows, heads) = journal(length);
        for (row, erase) in rows.iter_mut().zip(erased) {
            if erase {
                row.body = None;
            }
        }
        let signed: Vec<Head> = signed.iter().map(|it| it.get(&heads).clone()).collect();

        let audited = audit(&rows, &signed);

        prop_assert_eq!(audited.finding, None);
        prop_assert_eq!(&audited.head, heads.last().unwrap());
        let without = rows.iter().filter(|row| row.body.is_none()).count();
        prop_assert_eq!(audited.erased, u64::try_from(without).unwrap());
    }
}

#[test]
fn what_is_wrong_is_said_in_a_sentence() {
    let (rows, heads) = journal(9);
    let told = |tampering| {
        let mut rows = rows.clone();
        tamper(&mut rows, 4, tampering);
        audit(&rows, &heads[9..]).finding.unwrap().to_string()
    };

    assert_eq!(told(Tampering::EditBody), "the body of entry 5 was altered");
    assert_eq!(
        told(Tampering::EditTime),
        "entry 5 was altered, or did not belong here"
    );
    assert_eq!(told(Tampering::Delete), "entry 5 is missing");
    assert_eq!(told(Tampering::Reorder), "entry 5 lies behind later ones");
    assert_eq!(
        told(Tampering::Truncate),
        "entry 5 is missing and so are all after it; 9 were signed for"
    );
}

#[test]
fn heads_of_another_life_accuse_nobody() {
    let (rows, _) = journal(3);
    let other = Head::genesis(StationId::new("gaon-1"), Incarnation::from_bytes([8; 16]));

    assert_eq!(audit(&rows, &[other]).finding, None);
}
