//! Telephones that register, and others that guess passwords.

use std::time::Duration;

use flows::Peer;
use lockout::Patience;
use signalling::{Accounts, Callers, Event, Settings};
use sip::digest::{AccountKey, Algorithm};

use crate::{
    operator::{Operator, for_anyone},
    sipp::Sipp,
};

fn with_an_account() -> Settings {
    let settings = for_anyone();
    let mut accounts = Accounts::default();
    let key = AccountKey::from_password("agent1", &settings.realm, "correct");
    accounts.insert("agent1", key);
    Settings {
        accounts,
        // SIPp takes the first challenge, whether it can or not.
        algorithms: vec![Algorithm::Md5],
        callers: Callers::Trunks(Vec::new()),
        patience_with_sources: Patience {
            tries: 3,
            first_wait: Duration::from_secs(60),
            longest_wait: Duration::from_secs(60),
            forgotten_after: Duration::from_secs(3_600),
        },
        ..settings
    }
}

#[tokio::test]
async fn a_telephone_registers_with_its_password_and_goes() {
    let trial = flows::tried("lines: registered, and gone", Peer::SippUdp);
    let mut operator = Operator::open_with(with_an_account()).await;
    let telephone = Sipp::scenario("registers", operator.address(), &[]);
    let address = telephone.address;

    let came = operator.hears().await;
    let went = operator.hears().await;

    assert!(
        matches!(&came, Event::Registered { account, source }
            if account == "agent1" && *source == address),
        "{came:?}"
    );
    assert!(matches!(&went, Event::Unregistered { account } if account == "agent1"));
    telephone.succeeds().await;
    trial.saw("401, 200");
}

#[tokio::test]
async fn who_guesses_passwords_is_locked_out() {
    let trial = flows::tried("lines: who guesses passwords is locked out", Peer::SippUdp);
    let mut operator = Operator::open_with(with_an_account()).await;
    let guesser = Sipp::scenario("guesses_passwords", operator.address(), &[]);

    guesser.succeeds().await;

    operator.has_nothing_left();
    trial.saw("401 three times, 403");
}

#[tokio::test]
async fn who_is_no_trunk_and_proves_no_account_does_not_get_through() {
    let mut operator = Operator::open_with(with_an_account()).await;
    let stranger = Sipp::built_in("uac", operator.address(), &[]);

    stranger.fails().await;

    operator.has_nothing_left();
}
