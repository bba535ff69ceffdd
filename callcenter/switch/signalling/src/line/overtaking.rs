//! Requests of theirs that overtake the ACK they were sent after.
//!
//! The ACK of a 2xx comes by the INVITE's own transaction, and over UDP by a way of
//! its own, too. A REFER or re-INVITE right behind it would be refused for a call
//! that is not up; so it waits for the ACK.

use rsipstack::{
    sip::{Method, StatusCode},
    transaction::Transaction,
};

use super::Line;

/// More than a telephone sends at once.
const OVERTAKING_MAX: usize = 8;

impl Line {
    /// The request, when its turn has come. A BYE never waits: the ACK may be lost.
    pub(super) fn in_order(&mut self, transaction: Transaction) -> Option<Transaction> {
        let early = self.is_accepted() && transaction.original.method != Method::Bye;
        if !early || self.overtaking.len() >= OVERTAKING_MAX {
            return Some(transaction);
        }
        self.overtaking.push_back(Box::new(transaction));
        None
    }

    /// The ACK has come.
    pub(super) async fn take_overtaking(&mut self) {
        // A re-INVITE among them is answered before what follows has its turn.
        while !self.is_accepted()
            && let Some(transaction) = self.overtaking.pop_front()
        {
            self.asked(*transaction).await;
        }
    }

    /// It never came.
    pub(super) fn refuse_overtaking(&mut self) {
        for transaction in std::mem::take(&mut self.overtaking) {
            let status = StatusCode::CallTransactionDoesNotExist;
            self.reply(*transaction, status, Vec::new());
        }
    }
}
