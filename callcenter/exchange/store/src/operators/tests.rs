//! Who comes and goes as an operator, and that the audit tells of it.

#![allow(clippy::unwrap_used)]

use super::*;

const NOON: Timestamp = Timestamp::from_millis(1_795_482_000_000);

fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("exchange.sqlite")).unwrap();
    (folder, store)
}

fn told(store: &Store) -> Vec<String> {
    let rows = store.audited(None, 100).unwrap().into_iter().rev();
    rows.map(|it| format!("{} {} {}", it.who, it.act, it.subject))
        .collect()
}

#[test]
fn operators_come_change_and_go_and_the_audit_tells_of_each() {
    let (_folder, store) = store();
    let add = |name, role| store.add_operator(name, role, "$hash", "command", NOON);

    assert_eq!(add("choi", Role::Administrator).unwrap(), Ok(()));
    assert_eq!(add("han", Role::Viewer).unwrap(), Ok(()));
    assert_eq!(
        add("han", Role::Administrator).unwrap(),
        Err(NotChanged::Exists)
    );
    // Whoever is called so could not be told from the exchange itself.
    let reserved = add("exchange", Role::Administrator).unwrap();
    assert_eq!(reserved, Err(NotChanged::Reserved));
    let changed = store.give_role("han", Role::Operator, "choi", NOON);
    assert_eq!(changed.unwrap(), Ok(()));
    let changed = store.give_passphrase("han", "$other", "han", NOON);
    assert_eq!(changed.unwrap(), Ok(()));

    let han = store.operator("han").unwrap().unwrap();
    assert_eq!(
        (han.role, han.passphrase.as_str()),
        (Role::Operator, "$other")
    );
    assert_eq!(store.strike_operator("han", "choi", NOON).unwrap(), Ok(()));
    assert!(store.operator("han").unwrap().is_none());
    assert_eq!(
        told(&store),
        [
            "command added as administrator choi",
            "command added as viewer han",
            "choi made operator han",
            "han gave a passphrase to han",
            "choi struck off operator han",
        ]
    );
}

#[test]
fn nobody_takes_away_the_last_administrator_and_nothing_is_told_of_it() {
    let (_folder, store) = store();
    let added = store.add_operator("choi", Role::Administrator, "$hash", "command", NOON);
    assert_eq!(added.unwrap(), Ok(()));

    let last = Err(NotChanged::LastAdministrator);
    assert_eq!(store.strike_operator("choi", "choi", NOON).unwrap(), last);
    let changed = store.give_role("choi", Role::Viewer, "choi", NOON);
    assert_eq!(changed.unwrap(), last);

    assert_eq!(
        store.operator("choi").unwrap().unwrap().role,
        Role::Administrator
    );
    assert_eq!(told(&store).len(), 1);
    let unknown = store.strike_operator("nobody", "choi", NOON).unwrap();
    assert_eq!(unknown, Err(NotChanged::Unknown));
}
