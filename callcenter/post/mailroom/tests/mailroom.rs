//! Letters through `minwon-post`, from a mailbox to a mail server that are not
//! ours (Dovecot, aiosmtpd), past a real exchange; the program is killed anywhere.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test that cannot set itself up has failed"
)]

#[path = "mailroom/authority.rs"]
mod authority;
#[path = "mailroom/dovecot.rs"]
mod dovecot;
#[path = "mailroom/lying_mailbox.rs"]
mod lying_mailbox;
#[path = "mailroom/mail_server.rs"]
mod mail_server;
#[path = "mailroom/patience.rs"]
mod patience;
#[path = "mailroom/town.rs"]
mod town;

use std::{thread, time::Duration};

use serde_json::json;

use authority::Authority;
use lying_mailbox::{Lie, LyingMailbox};
use patience::until;
use town::Town;

fn letter(number: u32) -> String {
    format!(
        "From: Hanbit Na <na{number}@example.org>\nTo: minwon@hanbit.example\n\
         Message-ID: <{number}@example.org>\nSubject: Street lamp {number}\n\n\
         The lamp before Hanbit-ro {number} is dark.\n"
    )
}

fn count(letters: &[String], words: &str) -> usize {
    letters.iter().filter(|it| it.contains(words)).count()
}

#[test]
fn a_letter_is_acknowledged_and_answered_once_and_nobody_is_named_in_the_log() {
    let mut town = Town::new();
    town.start();
    town.dovecot.deliver("1", &letter(1));

    let acknowledged = town.wait_for_letters(1);
    town.wait_for_inbox(0);
    let petitions = town.petitions();
    let id = petitions[0]["request"].as_str().unwrap().to_owned();
    let words = json!({ "text": "The lamp is lit again." });
    (town.office).attend(&format!("/v1/petitions/{id}/reply"), &words);
    let letters = town.wait_for_letters(2);
    until("the petition is over", || {
        town.petitions().is_empty().then_some(())
    });

    assert_eq!(town.dovecot.in_folder("Processed"), 1);
    assert!(acknowledged[0].contains(&id) && acknowledged[0].contains("na1@example.org"));
    assert!(acknowledged[0].contains("In-Reply-To: <1@example.org>"));
    assert!(letters[1].contains("The lamp is lit again."));
    assert!(letters[1].contains("Re: Street lamp 1"));
    let log = town.log();
    assert!(log.contains("A petition came"));
    let personal = [
        "na1@",
        "Hanbit Na",
        "Street lamp",
        "is dark",
        "lit again",
        "secret",
    ];
    for words in personal {
        assert!(!log.contains(words), "the log says {words}");
    }
}

#[test]
fn a_message_stays_in_the_inbox_until_the_exchange_has_it() {
    let mut town = Town::new();
    town.office.close();
    town.start();
    town.dovecot.deliver("1", &letter(1));
    town.wait_for_log("A petition came");
    town.restart();
    town.wait_for_log("The exchange is away");
    assert_eq!(town.dovecot.inbox(), 1);
    assert!(
        town.mail_server.letters().is_empty(),
        "nobody is told too early"
    );

    town.office.reopen();
    town.wait_for_inbox(0);
    town.wait_for_letters(1);
    town.restart();
    town.dovecot.deliver("2", &letter(2));
    let letters = town.wait_for_letters(2);

    assert_eq!(town.petitions().len(), 2);
    assert_eq!(count(&letters, "na1@example.org"), 1);
    assert_eq!(town.dovecot.in_folder("Processed"), 2);
}

#[test]
fn killed_anywhere_it_loses_no_letter_and_sends_none_twice() {
    const LETTERS: u32 = 24;
    let mut town = Town::new();
    let mut delivered = 0;
    // A start and all that follows it take less than a second: each kill comes a
    // little later in them than the one before.
    for kill in 0..u64::from(LETTERS) {
        town.start();
        delivered += 1;
        town.dovecot
            .deliver(&delivered.to_string(), &letter(delivered));
        thread::sleep(Duration::from_millis(40 * kill));
        town.kill();
    }
    town.start();
    town.wait_for_inbox(0);
    let open = |town: &Town| town.petitions().len() == LETTERS as usize;
    until("all are petitions", || open(&town).then_some(()));
    // Behind it in the outbox there is nothing.
    town.dovecot.deliver("last", &letter(0));
    let last = || count(&town.mail_server.letters(), "To: \"Hanbit Na\" <na0@") > 0;
    until("the last is acknowledged", || last().then_some(()));

    assert_eq!(town.dovecot.in_folder("Processed"), LETTERS as usize + 1);
    let letters = town.mail_server.letters();
    for number in 0..=LETTERS {
        let to = format!("To: \"Hanbit Na\" <na{number}@");
        assert!(count(&letters, &to) <= 1, "{number} was told twice");
    }
    assert!(
        letters.len() > LETTERS as usize / 2,
        "few were killed in the act"
    );
}

#[test]
fn a_letter_the_mail_server_puts_off_waits_and_one_it_refuses_is_over() {
    let mut town = Town::new();
    town.mail_server.set_mood("defer");
    town.start();
    town.dovecot.deliver("1", &letter(1));
    town.wait_for_log("does not take a letter now");
    town.wait_for_inbox(0);
    let tries = |town: &Town| town.log().matches("A letter was given").count();
    assert_eq!(tries(&town), 1, "it is not tried again at once");

    town.mail_server.set_mood("refuse");
    town.restart();
    town.wait_for_log("refuses a letter");
    town.mail_server.set_mood("well");
    town.restart();
    town.dovecot.deliver("2", &letter(2));
    let letters = town.wait_for_letters(1);

    assert!(letters[0].contains("na2@example.org"));
    until("the third is over", || (tries(&town) >= 3).then_some(()));
    assert_eq!(tries(&town), 3);
    assert_eq!(town.petitions().len(), 2, "an agent can answer both");
}

#[test]
fn an_answer_that_may_have_gone_out_is_not_sent_again_before_an_agent_says_so() {
    let mut town = Town::new();
    town.start();
    town.dovecot.deliver("1", &letter(1));
    town.wait_for_letters(1);
    let id = town.petitions()[0]["request"].as_str().unwrap().to_owned();
    let path = format!("/v1/petitions/{id}/reply");
    town.mail_server.set_mood("forget");
    town.office.attend(&path, &json!({ "text": "Lit again." }));
    let in_doubt = |town: &Town| town.petitions()[0]["standing"] == "maybe_sent";
    until("it is in doubt", || in_doubt(&town).then_some(()));

    town.mail_server.set_mood("well");
    town.restart();
    town.dovecot.deliver("2", &letter(2));
    until("the second is acknowledged", || {
        (count(&town.mail_server.letters(), "na2@") == 1).then_some(())
    });
    assert_eq!(count(&town.mail_server.letters(), "Lit again."), 1);
    town.office.attend(&path, &json!({ "text": "Lit again." }));

    until("it went out again", || {
        (count(&town.mail_server.letters(), "Lit again.") == 2).then_some(())
    });
}

#[test]
fn a_mailbox_that_lets_nobody_in_is_asked_ever_more_rarely() {
    let mut town = Town::new();
    town.write("imap-password", "wrong");
    town.dovecot.deliver("1", &letter(1));
    town.start();
    town.wait_for_log("it does not let this account in");
    town.wait_for_log("again_in_seconds=4");
    assert!(town.is_running() && town.dovecot.inbox() == 1);

    town.write("imap-password", dovecot::PASSWORD);
    town.restart();

    town.wait_for_inbox(0);
}

#[test]
fn a_mailbox_with_a_strangers_certificate_is_told_no_password() {
    let mut town = Town::new();
    let stranger = Authority::new(&std::env::temp_dir(), "minwon-stranger");
    let ours = std::fs::read_to_string(&town.authority.certificate).unwrap();
    let theirs = std::fs::read_to_string(stranger.certificate).unwrap();
    town.write("authority.pem", &theirs);
    town.dovecot.deliver("1", &letter(1));
    town.start();
    town.wait_for_log("its certificate is not believed");
    assert!(town.is_running() && town.dovecot.inbox() == 1);

    town.write("authority.pem", &ours);
    town.restart();

    town.wait_for_inbox(0);
}

#[test]
fn a_message_no_server_can_give_does_not_keep_back_the_next() {
    for lie in [Lie::Giant, Lie::Vanish] {
        let mut town = Town::new();
        let mailbox = LyingMailbox::open(town.folder(), &town.authority, lie);
        town.settle(mailbox.port);

        town.start();
        town.wait_for_log("it stays in the inbox and is tried in an hour");
        until("the second is moved", || {
            (mailbox.moved() == ["2"]).then_some(())
        });

        assert_eq!(town.petitions().len(), 1);
        assert!(town.is_running());
    }
}
