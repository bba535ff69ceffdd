//! The flows that are to be played, and by whom.

use crate::Peer::{self, Baresip, Octets, OctetsTls, SippTcp, SippUdp};

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Flow {
    pub name: &'static str,
    pub peers: &'static [Peer],
}

const fn flow(name: &'static str, peers: &'static [Peer]) -> Flow {
    Flow { name, peers }
}

/// Through the whole switch first, then through the lines alone.
pub const PLAN: &[Flow] = &[
    flow("the caller gives up in the welcome", &[SippUdp]),
    flow("the caller gives up in the menu", &[SippUdp]),
    flow("the caller chooses and gives up waiting", &[SippUdp]),
    flow(
        "the caller gives up waiting",
        &[SippUdp, SippTcp, OctetsTls],
    ),
    flow("the caller vanishes waiting", &[SippUdp]),
    flow("the caller gives up while it rings", &[SippUdp]),
    flow("the caller hangs up talking", &[SippUdp, SippTcp]),
    flow("the caller hangs up on hold", &[SippUdp]),
    flow("the caller's CANCEL crosses our 200", &[SippUdp]),
    flow("the agent's answer crosses the withdrawal", &[SippUdp]),
    flow("the agent hangs up first", &[SippUdp]),
    flow("the survey after the talk is answered", &[SippUdp, Octets]),
    flow("the caller hangs up in the survey", &[SippUdp]),
    flow("music before the answer, which is an agent's", &[SippUdp]),
    flow("the caller gives up before the answer", &[Octets]),
    flow("the agent is busy", &[SippUdp]),
    flow("the agent declines", &[SippUdp]),
    flow("the agent does not answer", &[SippUdp]),
    flow("the agent's machine vanishes in a talk", &[SippUdp]),
    flow("the agent's telephone sends early media", &[SippUdp]),
    flow("the agent answers with a codec nobody offered", &[SippUdp]),
    flow("the agent holds and comes back", &[SippUdp]),
    flow("the caller holds and comes back", &[SippUdp]),
    flow("a re-INVITE with a codec nobody shares", &[SippUdp]),
    flow("the agent transfers to another queue", &[SippUdp]),
    flow("the agent transfers to a number nobody has", &[SippUdp]),
    flow("the agent asks first and transfers by REFER", &[SippUdp]),
    flow("a talk that is transferred is recorded", &[SippUdp]),
    flow("the caller refreshes the session", &[SippUdp]),
    flow("we refresh the session", &[SippUdp]),
    flow("nobody refreshes the session", &[SippUdp]),
    flow("too short a session", &[SippUdp]),
    flow("the caller proves who calls", &[SippUdp]),
    flow("the caller's password is wrong", &[SippUdp]),
    flow("who guesses passwords is locked out", &[SippUdp]),
    flow("a codec nobody shares", &[SippUdp]),
    flow("a number nobody has", &[SippUdp]),
    flow("OPTIONS", &[SippUdp, SippTcp]),
    flow("a call inside opening hours", &[SippUdp]),
    flow("a call outside opening hours", &[SippUdp]),
    flow("a call without an offer", &[SippUdp]),
    flow("the INVITE comes twice", &[SippUdp]),
    flow("the ACK never comes", &[SippUdp]),
    flow("one message in ten is lost", &[SippUdp]),
    flow("a flood of calls", &[Octets]),
    flow("calls that are never acknowledged", &[Octets]),
    flow("keys come twice and in disorder", &[Octets]),
    flow("packets from a wrong address", &[Octets]),
    flow("the messages of RFC 4475", &[Octets]),
    flow(
        "a kiosk calls the agent who helps at its screen",
        &[SippUdp],
    ),
    flow("a kiosk calls a room nobody has taken", &[SippUdp]),
    flow("both hear each other and nothing else", &[Baresip]),
    flow(
        "the same, the caller over TCP, the agent over TLS",
        &[Baresip],
    ),
    flow("lines: answered, the caller hangs up", &[SippUdp, SippTcp]),
    flow("lines: a hundred calls", &[SippUdp]),
    flow("lines: the caller gives up while it rings", &[SippUdp]),
    flow("lines: refused, and told when to try again", &[SippUdp]),
    flow("lines: a call without an offer", &[SippUdp]),
    flow("lines: the caller holds and comes back", &[SippUdp]),
    flow("lines: the INVITE comes twice", &[SippUdp]),
    flow("lines: the ACK never comes", &[SippUdp]),
    flow("lines: keys as INFO, requests out of order", &[SippUdp]),
    flow("lines: a transfer and its outcome", &[SippUdp]),
    flow("lines: sound before the answer", &[Octets]),
    flow("lines: requests overtake the ACK", &[Octets]),
    flow("lines: the outcome of a transfer, then the BYE", &[Octets]),
    flow("lines: REFER and BYE in one moment", &[Octets]),
    flow("lines: REFER crosses the end of a call", &[Octets]),
    flow("lines: called, and we hang up", &[SippUdp]),
    flow("lines: called, and busy", &[SippUdp]),
    flow("lines: called, and taken back while it rings", &[SippUdp]),
    flow(
        "lines: called, and the answer crosses our CANCEL",
        &[SippUdp],
    ),
    flow("lines: called, and put on hold", &[SippUdp]),
    flow("lines: nobody refreshes the session", &[SippUdp]),
    flow("lines: too short a session", &[SippUdp]),
    flow("lines: we refresh by UPDATE and by INVITE", &[SippUdp]),
    flow("lines: registered, and gone", &[SippUdp]),
    flow("lines: who guesses passwords is locked out", &[SippUdp]),
    flow("lines: malformed requests are answered", &[Octets]),
    flow("lines: registered and called over TLS", &[OctetsTls]),
];

pub(crate) fn has(flow: &str, peer: Peer) -> bool {
    let planned = PLAN.iter().find(|it| it.name == flow);
    planned.is_some_and(|it| it.peers.contains(&peer))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_flow_has_a_name_of_its_own_and_somebody_who_plays_it() {
        let names: BTreeSet<&str> = PLAN.iter().map(|it| it.name).collect();

        assert_eq!(names.len(), PLAN.len());
        assert!(PLAN.iter().all(|it| !it.peers.is_empty()));
    }
}
