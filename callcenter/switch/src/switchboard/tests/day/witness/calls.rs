//! The calls of a day. A day has many, and few at a time: the laws look at those
//! that are not over.

use std::collections::BTreeMap;

use distributor::CallId;

use super::Seen;

#[derive(Debug, Default)]
pub(in super::super) struct Calls {
    open: BTreeMap<CallId, Seen>,
    over: BTreeMap<CallId, Seen>,
    /// Who calls again has several; hidden numbers are nobody's.
    of_number: BTreeMap<String, Vec<CallId>>,
}

impl Calls {
    pub(in super::super) fn begin(&mut self, call: CallId, seen: Seen) {
        if let Some(number) = seen.number.clone() {
            self.of_number.entry(number).or_default().push(call);
        }
        self.open.insert(call, seen);
    }

    pub(super) fn end(&mut self, call: CallId) {
        if let Some(seen) = self.open.remove(&call) {
            self.over.insert(call, seen);
        }
    }

    /// Its end was noted, and a restart has not found it.
    pub(super) fn reopen(&mut self, call: CallId) {
        if let Some(seen) = self.over.remove(&call) {
            self.open.insert(call, seen);
        }
    }

    pub(super) fn is_open(&self, call: CallId) -> bool {
        self.open.contains_key(&call)
    }

    /// Over or not.
    pub(in super::super) fn get(&self, call: CallId) -> Option<&Seen> {
        self.open.get(&call).or_else(|| self.over.get(&call))
    }

    pub(super) fn get_mut(&mut self, call: CallId) -> Option<&mut Seen> {
        let open = self.open.get_mut(&call);
        open.or_else(|| self.over.get_mut(&call))
    }

    pub(super) fn open(&self) -> impl Iterator<Item = (CallId, &Seen)> {
        self.open.iter().map(|(call, seen)| (*call, seen))
    }

    /// All a caller has made, over or not, in their order.
    pub(super) fn of_number(&self, number: &str) -> impl Iterator<Item = (CallId, &Seen)> {
        let calls = self.of_number.get(number).into_iter().flatten();
        calls.filter_map(|call| Some((*call, self.get(*call)?)))
    }
}
