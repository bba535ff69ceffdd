//! Heads of journals that stations sign and the exchange co-signs.

use std::sync::OnceLock;

use sync::{CoSignedHead, Head, HeadQuestion, KeyPair, StationEvent};

use crate::town::{Call, Happening, STATIONS, Town};

/// A station's pair of keys, and the public one in PEM; the same in every town.
fn station_key(at: usize) -> &'static (KeyPair, String) {
    static KEYS: [OnceLock<(KeyPair, String)>; STATIONS] = [const { OnceLock::new() }; STATIONS];
    KEYS[at].get_or_init(|| {
        let pair = KeyPair::generate();
        let public = pair.public().to_pem().unwrap();
        (pair, public)
    })
}

fn exchange_key() -> &'static KeyPair {
    static KEY: OnceLock<KeyPair> = OnceLock::new();
    KEY.get_or_init(KeyPair::generate)
}

impl Town {
    /// A station wants its journal's head co-signed.
    pub(crate) fn sign(&mut self, at: usize, call: Call, number: u64) {
        let wall = self.moment(at).wall;
        let (key, public_key) = station_key(at);
        let signed = self.stations[at].journal.sign_head(number, key, wall);
        let question = HeadQuestion {
            signed: signed.unwrap().unwrap(),
            public_key: public_key.clone(),
        };
        self.call(at, call, Happening::Signs(at, call, Box::new(question)));
    }

    /// A signed head arrives at the exchange.
    pub(crate) fn signed(&mut self, at: usize, call: Call, question: &HeadQuestion) {
        let (store, now) = (self.exchange.store.clone(), self.true_time());
        let answer = store.co_sign(question, exchange_key(), now).unwrap();
        let event = StationEvent::CoSigned(call.attempt, answer.unwrap());
        self.answer_call(at, call, event);
    }

    /// A co-signed head comes back; that its signatures are genuine is the link's to see.
    pub(crate) fn keep_checkpoint(&mut self, at: usize, head: &CoSignedHead) {
        if self.stations[at].journal_broken {
            return;
        }
        let kept = self.stations[at].journal.keep_checkpoint(head);
        self.require("what was signed is in the journal", kept.is_ok(), || {
            format!("{kept:?}")
        });
    }

    /// How far a station's journal is signed for.
    pub(crate) fn signed_for(&self, at: usize) -> u64 {
        let kept = self.stations[at].journal.checkpoints().unwrap();
        kept.last().map_or(0, |it| it.head().number)
    }

    /// In the evening everything is signed for at both ends, and nothing was unsaid.
    pub(crate) fn heads_agree(&mut self, at: usize) {
        let station = &self.stations[at];
        let (entries, signed_for) = (station.written.entries, self.signed_for(at));
        let there = self.exchange.store.heads(&station.id).unwrap();
        let there: Vec<Head> = there.iter().map(|it| it.co_signed.head().clone()).collect();
        let newest = there.last().map_or(0, |it| it.number);
        let kept = station.journal.checkpoints().unwrap();
        let kept = kept.iter().map(|it| it.head().clone());
        let audited = station.journal.audit(kept.chain(there)).unwrap();
        self.require(
            "in the evening every entry is signed for",
            (signed_for, newest) == (entries, entries),
            || format!("of {entries} here {signed_for}, there {newest}"),
        );
        self.require(
            "nothing signed is unsaid",
            audited.finding.is_none(),
            || format!("{:?}", audited.finding),
        );
    }
}
