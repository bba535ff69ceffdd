//! What a telephone does in a flow, step by step, written as SIPp reads it.

use std::fmt::Write;

/// Sound a telephone offers or answers with.
pub(crate) const PCMU: &str = "0";
/// G.729, which nobody here can.
pub(crate) const G729: &str = "18";
/// A branch of a flow's own, for what must be of one transaction (RFC 3261 §8.1.1.7).
const ONE_BRANCH: &str = "z9hG4bK-[pid]-[call_number]-first";
const OTHER_BRANCH: &str = "z9hG4bK-[pid]-[call_number]-other";

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Caller,
    Agent,
}

/// A telephone's part.
pub(crate) struct Scenario {
    side: Side,
    dialed: String,
    steps: String,
    sequence: u32,
    sessions: u32,
    checks: u32,
}

impl Scenario {
    /// Somebody who calls this number.
    pub(crate) fn caller(dialed: &str) -> Self {
        Self::new(Side::Caller, dialed)
    }

    /// A telephone that is called.
    pub(crate) fn agent() -> Self {
        Self::new(Side::Agent, "")
    }

    fn new(side: Side, dialed: &str) -> Self {
        Self {
            side,
            dialed: dialed.to_owned(),
            steps: String::new(),
            sequence: 0,
            sessions: 0,
            checks: 0,
        }
    }

    pub(crate) fn xml(&self) -> String {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<scenario name=\"flow\">\n{}</scenario>\n",
            self.steps
        )
    }

    /// Calls, with this codec.
    pub(crate) fn invites(self, codec: &str) -> Self {
        self.invites_with(codec, "")
    }

    /// The same with further headers.
    pub(crate) fn invites_with(mut self, codec: &str, headers: &str) -> Self {
        let body = self.session(codec, "sendrecv");
        let headers = format!("Content-Type: application/sdp\n{headers}");
        self.asks("INVITE", ONE_BRANCH, &headers, &body)
    }

    /// Calls without an offer (RFC 3261 §13.2.1).
    pub(crate) fn invites_without_offer(self) -> Self {
        self.asks("INVITE", ONE_BRANCH, "", "")
    }

    /// The call is answered, after whatever says that it is on its way.
    pub(crate) fn gets_answered(self) -> Self {
        self.may_hear(100).may_hear(180).hears(200)
    }

    /// Calls once more after a challenge, with these headers.
    pub(crate) fn invites_again(mut self, codec: &str, headers: &str) -> Self {
        let body = self.session(codec, "sendrecv");
        let headers = format!("Content-Type: application/sdp\n{headers}");
        self.asks("INVITE", OTHER_BRANCH, &headers, &body)
    }

    /// The very same INVITE comes twice (RFC 3261 §17.1.1.2).
    pub(crate) fn invites_twice(mut self, codec: &str) -> Self {
        let body = self.session(codec, "sendrecv");
        self.sequence += 1;
        let headers = "Content-Type: application/sdp\n";
        let message = self.request("INVITE", ONE_BRANCH, headers, &body);
        self.send(&message, false);
        self = self.hears(100);
        self.send(&message, true);
        self
    }

    pub(crate) fn acks(self) -> Self {
        self.acks_with("", "")
    }

    /// The ACK with an answer, when the offer came in the 200.
    pub(crate) fn acks_with_answer(mut self, codec: &str) -> Self {
        let body = self.session(codec, "sendrecv");
        self.acks_with("Content-Type: application/sdp\n", &body)
    }

    fn acks_with(mut self, headers: &str, body: &str) -> Self {
        let message = self.request("ACK", "[branch]", headers, body);
        self.send(&message, false);
        self
    }

    /// An ACK of a refusal, within the INVITE's transaction (RFC 3261 §17.1.1.3).
    pub(crate) fn acks_the_refusal(self) -> Self {
        self.acks_within(ONE_BRANCH)
    }

    /// The same of a refusal of what was asked again.
    pub(crate) fn acks_the_other_refusal(self) -> Self {
        self.acks_within(OTHER_BRANCH)
    }

    fn acks_within(mut self, branch: &str) -> Self {
        let message = self.request("ACK", branch, "", "");
        self.send(&message, false);
        self
    }

    /// Calls, is answered, acknowledges.
    pub(crate) fn gets_through(self) -> Self {
        self.invites(PCMU).gets_answered().acks()
    }

    /// Asks for another direction of the sound, and is answered with this one.
    pub(crate) fn reinvites(mut self, direction: &str, answered: &str) -> Self {
        let body = self.session(PCMU, direction);
        let headers = "Content-Type: application/sdp\n";
        self.asks("INVITE", "[branch]", headers, &body)
            .may_hear(100)
            .hears_saying(200, &format!("a={answered}"))
            .acks()
    }

    /// Asks for a codec within the call that is refused.
    pub(crate) fn reinvites_in_vain(mut self, codec: &str, status: u16) -> Self {
        let body = self.session(codec, "sendrecv");
        self.sequence += 1;
        let headers = "Content-Type: application/sdp\n";
        let message = self.request("INVITE", "[branch]", headers, &body);
        // Within the call, but of a transaction its ACK can name.
        let message = message.replace("[branch]", OTHER_BRANCH);
        self.send(&message, true);
        self.may_hear(100).hears(status).acks_the_other_refusal()
    }

    /// A request within the call that has no body.
    pub(crate) fn requests(self, method: &str, headers: &str) -> Self {
        self.asks(method, "[branch]", headers, "")
    }

    /// Transfers the caller by REFER (RFC 3515), and is told what becomes of it.
    pub(crate) fn transfers(self, to: &str, outcome: u16) -> Self {
        self.requests("REFER", &format!("Refer-To: <sip:{to}@[remote_ip]>\n"))
            .hears(202)
            .gets_told("NOTIFY", "SIP/2.0 100")
            .gets_told("NOTIFY", &format!("SIP/2.0 {outcome}"))
            .gets_hung_up_on()
    }

    /// A key, as INFO.
    pub(crate) fn presses(self, key: char) -> Self {
        let headers = "Content-Type: application/dtmf-relay\n";
        let body = format!("Signal={key}\nDuration=160");
        self.asks("INFO", "[branch]", headers, &body).hears(200)
    }

    /// Takes the call back (RFC 3261 §9.1).
    pub(crate) fn cancels(mut self) -> Self {
        let message = self.request("CANCEL", ONE_BRANCH, "", "");
        self.send(&message, true);
        self
    }

    pub(crate) fn hangs_up(self) -> Self {
        self.requests("BYE", "").hears(200)
    }

    pub(crate) fn hears(mut self, status: u16) -> Self {
        let challenge = if status == 401 { " auth=\"true\"" } else { "" };
        let _ = writeln!(self.steps, "<recv response=\"{status}\"{challenge} />");
        self
    }

    pub(crate) fn hears_saying(mut self, status: u16, pattern: &str) -> Self {
        let receives = format!("<recv response=\"{status}\">");
        self.checks_for(&receives, pattern);
        self
    }

    pub(crate) fn may_hear(mut self, status: u16) -> Self {
        let _ = writeln!(
            self.steps,
            "<recv response=\"{status}\" optional=\"true\" />"
        );
        self
    }

    pub(crate) fn waits(mut self, milliseconds: u32) -> Self {
        let _ = writeln!(self.steps, "<pause milliseconds=\"{milliseconds}\" />");
        self
    }

    /// The switch calls; what it says of itself is kept for requests of our own.
    pub(crate) fn gets_called(mut self) -> Self {
        self.steps.push_str(
            "<recv request=\"INVITE\" rrs=\"true\"><action>\n\
             <ereg regexp=\"[0-9]+\" search_in=\"hdr\" header=\"X-Minwon-Call:\" check_it=\"true\" assign_to=\"call\" />\n\
             <ereg regexp=\".*\" search_in=\"hdr\" header=\"From:\" assign_to=\"from\" />\n\
             <ereg regexp=\".*\" search_in=\"hdr\" header=\"To:\" assign_to=\"to\" />\n\
             </action></recv>\n<Reference variables=\"call,from,to\" />\n",
        );
        self
    }

    /// The switch asks for something.
    pub(crate) fn gets_asked(mut self, method: &str) -> Self {
        let _ = writeln!(self.steps, "<recv request=\"{method}\" />");
        self
    }

    /// The switch tells something of which this is a part.
    pub(crate) fn gets_told(mut self, method: &str, pattern: &str) -> Self {
        let receives = format!("<recv request=\"{method}\">");
        self.checks_for(&receives, pattern);
        self.answers("200 OK")
    }

    /// Answers the last request.
    pub(crate) fn answers(mut self, status: &str) -> Self {
        let message = response(status, "[last_CSeq:]", "", "");
        self.send(&message, false);
        self
    }

    /// Answers the call with a session.
    pub(crate) fn answers_with(mut self, status: &str, codec: &str) -> Self {
        let body = self.session(codec, "sendrecv");
        let message = response(
            status,
            "[last_CSeq:]",
            "Content-Type: application/sdp\n",
            &body,
        );
        self.send(&message, status.starts_with('2'));
        self
    }

    /// Answers the call, though the switch has just taken it back.
    pub(crate) fn answers_crossing(mut self, codec: &str) -> Self {
        let body = self.session(codec, "sendrecv");
        let headers = "Content-Type: application/sdp\n";
        let message = response("200 OK", "CSeq: 1 INVITE", headers, &body);
        self.send(&message, true);
        self
    }

    /// Refuses the call after the switch has taken it back.
    pub(crate) fn gets_terminated(mut self) -> Self {
        let message = response("487 Request Terminated", "CSeq: 1 INVITE", "", "");
        self.send(&message, false);
        self.gets_asked("ACK")
    }

    /// Rings, answers, and is acknowledged.
    pub(crate) fn takes_the_call(self) -> Self {
        self.gets_called()
            .answers("180 Ringing")
            .answers_with("200 OK", PCMU)
            .gets_asked("ACK")
    }

    pub(crate) fn gets_hung_up_on(self) -> Self {
        self.gets_asked("BYE").answers("200 OK")
    }

    fn asks(mut self, method: &str, branch: &str, headers: &str, body: &str) -> Self {
        self.sequence += 1;
        let message = self.request(method, branch, headers, body);
        self.send(&message, true);
        self
    }

    fn request(&self, method: &str, branch: &str, headers: &str, body: &str) -> String {
        let uri = match self.side {
            Side::Caller => format!("sip:{}@[remote_ip]:[remote_port]", self.dialed),
            Side::Agent => "[next_url]".to_owned(),
        };
        // What begins a call, or is of that transaction, is outside of the dialog.
        let outside =
            matches!(method, "CANCEL" | "REGISTER") || method == "INVITE" && branch != "[branch]";
        let tag = if outside { "" } else { "[peer_tag_param]" };
        let parties = match self.side {
            Side::Caller => format!(
                "From: <sip:0212345678@[local_ip]:[local_port]>;tag=[pid]caller[call_number]\n\
                 To: <{uri}>{tag}"
            ),
            Side::Agent => "From: [$to];tag=[pid]agent[call_number]\nTo: [$from]".to_owned(),
        };
        let sequence = self.sequence;
        format!(
            "{method} {uri} SIP/2.0\n\
             Via: SIP/2.0/[transport] [local_ip]:[local_port];branch={branch}\n\
             {parties}\n\
             Call-ID: [call_id]\n\
             CSeq: {sequence} {method}\n\
             Contact: <sip:0212345678@[local_ip]:[local_port];transport=[transport]>\n\
             Max-Forwards: 70\n\
             {headers}Content-Length: [len]\n\n{body}\n"
        )
    }

    fn session(&mut self, codec: &str, direction: &str) -> String {
        self.sessions += 1;
        let version = self.sessions;
        format!(
            "v=0\no=phone 53655765 {version} IN IP[local_ip_type] [local_ip]\ns=-\n\
             c=IN IP[media_ip_type] [media_ip]\nt=0 0\n\
             m=audio [media_port] RTP/AVP {codec} 101\n\
             a=rtpmap:101 telephone-event/8000\na={direction}\n"
        )
    }

    fn send(&mut self, message: &str, again: bool) {
        let again = if again { " retrans=\"500\"" } else { "" };
        let _ = writeln!(
            self.steps,
            "<send{again}><![CDATA[\n\n{message}\n]]></send>"
        );
    }

    fn checks_for(&mut self, receives: &str, pattern: &str) {
        self.checks += 1;
        let seen = format!("seen{}", self.checks);
        let _ = writeln!(
            self.steps,
            "{receives}<action>\n\
             <ereg regexp=\"{pattern}\" search_in=\"msg\" check_it=\"true\" assign_to=\"{seen}\" />\n\
             </action></recv>\n<Reference variables=\"{seen}\" />"
        );
    }
}

fn response(status: &str, sequence: &str, headers: &str, body: &str) -> String {
    // Only the first answers of a call need a tag; others repeat what was said.
    let first = sequence.starts_with("CSeq") || !body.is_empty() || status.starts_with('1');
    let busy = ["486", "603"].iter().any(|it| status.starts_with(it));
    let tag = if first || busy {
        ";tag=[pid]agent[call_number]"
    } else {
        ""
    };
    format!(
        "SIP/2.0 {status}\n[last_Via:]\n[last_From:]\n[last_To:]{tag}\n[last_Call-ID:]\n\
         {sequence}\nContact: <sip:[local_ip]:[local_port];transport=[transport]>\n\
         {headers}Content-Length: [len]\n\n{body}\n"
    )
}
