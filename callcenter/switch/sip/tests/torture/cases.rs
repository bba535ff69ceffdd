//! The cases of RFC 4475 by their names there, and what is to become of each.

use crate::messages::{invite, request, response};

pub(crate) enum Expected {
    Pass,
    /// Goes on in the plainest form, with these parts in it.
    Plain(&'static [&'static str]),
    Answered(u16),
    Dropped,
}

pub(crate) struct Case {
    pub(crate) name: &'static str,
    /// Why; for those the RFC leaves to choose, why so.
    pub(crate) why: &'static str,
    pub(crate) message: fn() -> String,
    pub(crate) expected: Expected,
}

use Expected::{Answered, Dropped, Pass, Plain};

macro_rules! cases {
    ($($name:literal, $why:literal, $message:expr, $expected:expr;)*) => {
        pub(crate) const CASES: &[Case] = &[$(Case {
            name: $name,
            why: $why,
            message: || $message.to_string(),
            expected: $expected,
        }),*];
    };
}

cases! {
    // 3.1.1 Valid messages.
    "wsinv", "3.1.1.1: whitespace wherever it may be, folded",
        request("INVITE")
            .with("From", "\"J \\\\\\\"\"  <sip:a@example.com>\r\n  ;\r\n  tag = f1")
            .renamed("From", "from  :")
            .with("To", "\r\n sip:110@example.com ;   tag    = 19n").renamed("To", "TO :")
            .with("CSeq", "0009\r\n  INVITE").renamed("CSeq", "cseq")
            .with("Max-Forwards", "0070").renamed("Max-Forwards", "MaX-fOrWaRdS")
            .with("Via", "SIP  /   2.0\r\n /UDP\r\n    192.0.2.2;branch= z9hG4bKa1")
            .renamed("Via", "v ").and("NewFangledHeader", "  newfangled value\r\n continued")
            .and("m:", "\"Quoted string \\\"\\\"\" <sip:a@192.0.2.1> ; newparam =\r\n newvalue"),
        Plain(&[
            "\r\nCSeq: 9 INVITE\r\n",
            "\r\nTo: sip:110@example.com;tag=19n\r\n",
            "\r\nVia: SIP/2.0/UDP 192.0.2.2;branch=z9hG4bKa1\r\n",
            "\r\nFrom: \"J \\\\\\\"\" <sip:a@example.com>;tag=f1\r\n",
            "\r\nContact: \"Quoted string \\\"\\\"\" <sip:a@192.0.2.1>;newparam=newvalue\r\n",
            "\r\nMax-Forwards: 70\r\n",
        ]);
    "intmeth", "3.1.1.2: a method of strange letters is one nobody knows",
        request("!interesting-Method0123456789_*+`.%indeed'~"), Answered(501);
    "esc01", "3.1.1.3: escapes in URIs",
        invite().uri("sip:sips%3Auser%40example.com@example.net")
            .with("Contact", "<sip:cal%6Cer@host5.example.net;%6C%72;n%61me=v%61lue%25%34%31>"),
        Pass;
    "escnull", "3.1.1.4: an escaped NUL is a letter like others",
        request("REGISTER").uri("sip:example.com").and("Contact", "<sip:%00@host5.example.com>,<sip:%00%00@host5.example.com>"),
        Pass;
    "esc02", "3.1.1.5: methods have no escapes",
        request("RE%47IST%45R").uri("sip:registrar.example.com"), Answered(501);
    "lwsdisp", "3.1.1.6: no space before the angle bracket",
        request("OPTIONS").with("From", "caller<sip:caller@example.com>;tag=323"), Pass;
    "longreq", "3.1.1.7: long values",
        invite().with("From", &format!("\"{}\" <sip:a@example.com>;tag={}", "I ".repeat(200), "9".repeat(300)))
            .and("Via", &format!("SIP/2.0/TCP sip33.example.com,SIP/2.0/UDP {}.example.com", "h".repeat(60))),
        Pass;
    "dblreq", "3.1.1.8: what is behind a datagram's message is none of it",
        request("OPTIONS").body_of_another_length("INVITE sip:joe@example.com SIP/2.0\r\n"),
        Plain(&["Content-Length: 0\r\n\r\n"]);
    "semiuri", "3.1.1.9: a semicolon in the user part",
        request("OPTIONS").uri("sip:user;par=u%40example.net@example.com"), Pass;
    "transports", "3.1.1.10: transports nobody knows",
        request("OPTIONS").and("Via", "SIP/2.0/UNKNOWN t4.example.com;branch=z9hG4bKd8")
            .and("Via", "SIP/2.0/TLS-SCTP t5.example.com;branch=z9hG4bKd9"), Pass;
    "mpart01", "3.1.1.11: parts in a body, of a method not served here",
        request("MESSAGE").and("Content-Type", "multipart/mixed;boundary=7a9").body("--7a9--"), Answered(405);
    "unreason", "3.1.1.12: a reason that is not English",
        response("200", "= 2**3 * 5**2 но сто девяносто девять - простое"), Pass;
    "noreason", "3.1.1.13: no reason, but its space", response("100", ""), Pass;

    // 3.1.2 Invalid messages.
    "badinv01", "3.1.2.1: separators with nothing between",
        invite().with("Via", "SIP/2.0/UDP 192.0.2.15;;,;,,"), Answered(400);
    "clerr", "3.1.2.2: a length beyond the datagram",
        invite().with("Content-Length", "9999"), Answered(400);
    "ncl", "3.1.2.3: a length below zero",
        invite().with("Content-Length", "-999"), Answered(400);
    "scalar02", "3.1.2.4: numbers out of range",
        request("REGISTER").with("CSeq", "36893488147419103232 REGISTER"), Answered(400);
    "scalarlg", "3.1.2.5: numbers out of range in a response",
        response("503", "Service Unavailable").with("CSeq", "9292394834772304023312 OPTIONS"), Dropped;
    "quotbal", "3.1.2.6: a quote that never ends",
        invite().with("To", "\"Mr. J. User <sip:j.user@example.com>"), Answered(400);
    "ltgtruri", "3.1.2.7: brackets about the Request-URI",
        invite().uri("<sip:user@example.com>"), Answered(400);
    "lwsruri", "3.1.2.8: a space within the Request-URI",
        invite().uri("sip:user@example.com; lr"), Answered(400);
    "lwsstart", "3.1.2.9: two spaces in the start line",
        invite().method("INVITE "), Answered(400);
    "trws", "3.1.2.10: a space behind the start line",
        request("OPTIONS").version("SIP/2.0  "), Answered(400);
    "escruri", "3.1.2.11: headers in the Request-URI",
        invite().uri("sip:user@example.com?Route=%3Csip:example.com%3E"), Answered(400);
    "baddate", "3.1.2.12: a date of no zone; of the choices, 400",
        invite().and("Date", "Fri, 01 Jan 2010 16:00:00 EST"), Answered(400);
    "regbadct", "3.1.2.13: a Contact that needs brackets",
        request("REGISTER").and("Contact", "sip:user@example.com?Route=%3Csip:sip.example.com%3E"), Answered(400);
    "badaspec", "3.1.2.14: spaces within brackets",
        request("OPTIONS").with("To", "\"Watson, Thomas\" < sip:t.watson@example.org >"), Answered(400);
    "baddn", "3.1.2.15: a comma in a name without quotes, and no end of the head",
        request("OPTIONS").with("From", "Bell, Alexander <sip:a.g.bell@example.com>;tag=43").without_an_end(),
        Answered(400);
    "badvers", "3.1.2.16: another version", request("OPTIONS").version("SIP/7.0"), Answered(505);
    "mismatch01", "3.1.2.17: the CSeq names another method",
        request("OPTIONS").with("CSeq", "8 INVITE"), Answered(400);
    "mismatch02", "3.1.2.18: so it does, and nobody knows the method; of the choices, 400",
        request("NEWMETHOD").with("CSeq", "8 INVITE"), Answered(400);
    "bigcode", "3.1.2.19: a status of too many digits",
        response("4294967301", "better not break the receiver"), Dropped;

    // 3.2 Transaction layer.
    "badbranch", "3.2.1: a branch that is nothing but its cookie; of the choices, 400",
        request("OPTIONS").with("Via", "SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK"), Answered(400);

    // 3.3 Application layer.
    "insuf", "3.3.1: what is needed is missing",
        invite().without("From").without("To").without("Call-ID"), Answered(400);
    "unkscm", "3.3.2: a scheme nobody knows",
        request("OPTIONS").uri("nobodyKnowsThisScheme:totallyopaquecontent"), Answered(416);
    "novelsc", "3.3.3: a scheme somebody knows, and a method of ours",
        request("OPTIONS").uri("soap.beep://192.0.2.103:3002"), Answered(416);
    "unksm2", "3.3.4: who registers is a SIP address",
        request("REGISTER").with("To", "isbn:2983792873"), Answered(400);
    "bext01", "3.3.5: extensions nobody has",
        request("OPTIONS").and("Require", "nothingSupportsThis, nothingSupportsThisEither"), Answered(420);
    "invut", "3.3.6: a body nobody reads",
        invite().with("Content-Type", "application/unknownformat").body("<audio/>"), Answered(415);
    "regaut01", "3.3.7: a scheme of proof nobody knows goes on, and proves nothing",
        request("REGISTER").uri("sip:example.com").and("Contact", "<sip:j.user@192.0.2.1>")
            .and("Authorization", "NoOneKnowsThisScheme opaque-data=here"), Pass;
    "multi01", "3.3.8: what may stand once stands twice",
        invite().and("From", "<sip:other@example.com>;tag=2").and("CSeq", "5 INVITE"), Answered(400);
    "mcl01", "3.3.9: two lengths",
        request("OPTIONS").and("Content-Length", "5"), Answered(400);
    "bcast", "3.3.10: a response whose way leads elsewhere; the stack knows no such request",
        response("200", "OK").with("Via", "SIP/2.0/UDP 192.0.2.198;branch=z9hG4bK1324923")
            .and("Via", "SIP/2.0/UDP 255.255.255.255;branch=z9hG4bK1saber23"), Pass;
    "zeromf", "3.3.11: no forwards left, and none needed",
        request("OPTIONS").with("Max-Forwards", "0"), Pass;
    "cparam01", "3.3.12: a parameter behind a Contact without brackets",
        request("REGISTER").uri("sip:example.com").and("Contact", "sip:+19725552222@gw1.example.net;unknownparam"), Pass;
    "cparam02", "3.3.13: a parameter within the brackets",
        request("REGISTER").uri("sip:example.com").and("Contact", "<sip:+19725552222@gw1.example.net;unknownparam>"), Pass;
    "regescrt", "3.3.14: an escaped Route within a Contact",
        request("REGISTER").uri("sip:example.com")
            .and("Contact", "<sip:user@example.com?Route=%3Csip:sip.example.com%3E>"), Pass;
    "sdp01", "3.3.15: an answer nobody could write",
        invite().and("Accept", "text/nobodyKnowsThis"), Answered(406);

    // 3.4 Backward compatibility.
    "inv2543", "3.4.1: as before RFC 3261; without a tag nobody can tell its dialogs apart",
        invite().with("From", "<sip:0212345678@example.com>")
            .with("Via", "SIP/2.0/UDP iftgw.example.com"), Answered(400);
}
