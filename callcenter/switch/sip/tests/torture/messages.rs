//! Messages of our own, made to be broken.

use std::fmt;

/// A message as it is written, field by field.
#[derive(Clone)]
pub(crate) struct Written {
    start: [String; 3],
    fields: Vec<(String, String)>,
    body: String,
    /// Between the last field and the body.
    end: &'static str,
}

/// A sound INVITE.
pub(crate) fn invite() -> Written {
    let body = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n";
    request("INVITE")
        .with("Contact", "<sip:0212345678@192.0.2.1>")
        .with("Content-Type", "application/sdp")
        .body(body)
}

/// A sound request without a body.
pub(crate) fn request(method: &str) -> Written {
    let fields = [
        ("Via", "SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa1"),
        ("Max-Forwards", "70"),
        ("From", "<sip:0212345678@example.com>;tag=f1"),
        ("To", "<sip:110@example.com>"),
        ("Call-ID", "c1@192.0.2.1"),
    ];
    Written {
        start: [method, "sip:110@example.com", "SIP/2.0"].map(str::to_owned),
        fields: fields
            .map(|(name, value)| (name.into(), value.into()))
            .into(),
        body: String::new(),
        end: "\r\n\r\n",
    }
    .with("CSeq", &format!("1 {method}"))
    .with("Content-Length", "0")
}

/// A sound 200 to an INVITE of ours.
pub(crate) fn response(status: &str, reason: &str) -> Written {
    let mut written = request("INVITE").with("To", "<sip:110@example.com>;tag=t1");
    written.start = ["SIP/2.0", status, reason].map(str::to_owned);
    written
}

impl Written {
    /// Sets a field, or adds it.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        match self.fields.iter_mut().find(|it| it.0 == name) {
            Some(field) => field.1 = value.to_owned(),
            None => self = self.and(name, value),
        }
        self
    }

    /// Adds a field, whether it is there or not.
    pub(crate) fn and(mut self, name: &str, value: &str) -> Self {
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.fields.retain(|it| it.0 != name);
        self
    }

    /// Writes a field under another name.
    pub(crate) fn renamed(mut self, name: &str, other: &str) -> Self {
        for field in self.fields.iter_mut().filter(|it| it.0 == name) {
            field.0 = other.to_owned();
        }
        self
    }

    pub(crate) fn method(mut self, method: &str) -> Self {
        self.start[0] = method.to_owned();
        self
    }

    pub(crate) fn uri(mut self, uri: &str) -> Self {
        self.start[1] = uri.to_owned();
        self
    }

    pub(crate) fn version(mut self, version: &str) -> Self {
        self.start[2] = version.to_owned();
        self
    }

    /// Sets the body and its length.
    pub(crate) fn body(mut self, body: &str) -> Self {
        self.body = body.to_owned();
        self.with("Content-Length", &body.len().to_string())
    }

    /// Sets the body and leaves the length as it is.
    pub(crate) fn body_of_another_length(mut self, body: &str) -> Self {
        self.body = body.to_owned();
        self
    }

    pub(crate) fn without_an_end(mut self) -> Self {
        self.end = "\r\n";
        self
    }
}

impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fields = self.fields.iter().map(|(name, value)| match name.as_str() {
            // A name that brings its own separator.
            name if name.ends_with(':') => format!("{name}{value}"),
            name => format!("{name}: {value}"),
        });
        let fields: Vec<String> = fields.collect();
        write!(f, "{}\r\n{}", self.start.join(" "), fields.join("\r\n"))?;
        write!(f, "{}{}", self.end, self.body)
    }
}
