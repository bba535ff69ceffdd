//! Whether the audit tells when it was altered.

#![allow(clippy::unwrap_used)]

use super::*;

const NOON: Timestamp = Timestamp::from_millis(1_795_482_000_000);

fn store_with(deeds: &[&str]) -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("exchange.sqlite")).unwrap();
    for deed in deeds {
        store.note("operator-1", deed, "gaon-1", NOON).unwrap();
    }
    (folder, store)
}

#[test]
fn the_audit_is_read_from_its_end_and_followed_from_its_beginning() {
    let (_folder, store) = store_with(&["closed", "opened", "restarted"]);

    let acts = |before| {
        let rows = store.audited(before, 2).unwrap();
        let told = rows.into_iter().map(|it| (it.sequence, it.act));
        told.collect::<Vec<_>>()
    };

    assert_eq!(
        acts(None),
        [(3, "restarted".to_owned()), (2, "opened".to_owned())]
    );
    assert_eq!(acts(Some(2)), [(1, "closed".to_owned())]);
    let head = store.audit_head().unwrap().unwrap();
    assert_eq!((head.rows, head.hash.len()), (3, 64));
    store.note("operator-1", "closed", "gaon-1", NOON).unwrap();
    let later = store.audit_head().unwrap().unwrap();
    assert_eq!(later.rows, 4);
    assert_ne!(later.hash, head.hash);
}

#[test]
fn an_empty_audit_is_as_it_was_written() {
    let (_folder, store) = store_with(&[]);

    assert_eq!(store.audit_head().unwrap().unwrap().rows, 0);
    assert_eq!(store.audited(None, 10).unwrap(), []);
}

#[test]
fn a_row_that_was_altered_or_taken_out_is_found() {
    for (deed, found) in [
        ("UPDATE audit SET who = 'somebody' WHERE sequence = 2", 2),
        ("UPDATE audit SET at = at + 1 WHERE sequence = 2", 2),
        // The letters are the same, and their places are not.
        (
            "UPDATE audit SET act = 'opene', subject = 'dgaon-1' WHERE sequence = 2",
            2,
        ),
        ("UPDATE audit SET hash = NULL WHERE sequence = 2", 2),
        ("DELETE FROM audit WHERE sequence = 2", 2),
        (
            "DELETE FROM audit WHERE sequence = 1; UPDATE audit SET sequence = sequence - 1",
            1,
        ),
    ] {
        let (_folder, store) = store_with(&["closed", "opened", "restarted"]);

        store.lock().execute_batch(deed).unwrap();

        assert_eq!(
            store.audit_head().unwrap(),
            Err(AuditAltered(found)),
            "{deed}"
        );
    }
}

#[test]
fn what_was_written_before_rows_were_bound_is_bound_by_the_first_that_is() {
    let (_folder, store) = store_with(&["closed", "opened"]);
    let unbind = "UPDATE audit SET hash = NULL";
    store.lock().execute_batch(unbind).unwrap();
    assert_eq!(store.audit_head().unwrap().unwrap().rows, 2);

    store
        .note("operator-1", "restarted", "gaon-1", NOON)
        .unwrap();

    assert_eq!(store.audit_head().unwrap().unwrap().rows, 3);
    let alter = "UPDATE audit SET who = 'somebody' WHERE sequence = 1";
    store.lock().execute_batch(alter).unwrap();
    assert_eq!(store.audit_head().unwrap(), Err(AuditAltered(3)));
}
