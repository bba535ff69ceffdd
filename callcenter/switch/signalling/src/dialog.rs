//! A dialog: what a leg must remember to speak within it (RFC 3261 §12).

use rsipstack::{
    sip::{
        Header, Headers, HeadersExt, Method, Request, Response, Route, StatusCode, Uri, Version,
    },
    transaction::endpoint::EndpointInner,
    transport::{SipAddr, SipConnection},
};

use crate::{
    headers::{ALLOWED, Fields, address_of},
    transactions::NotBuilt,
};

/// How the other end is reached.
#[derive(Clone, Debug)]
pub(crate) struct Path {
    /// The listener of ours it is spoken to from.
    pub(crate) listener: SipAddr,
    /// A stream stays the way (RFC 5626).
    pub(crate) stream: Option<SipConnection>,
    /// Where a telephone behind an address translator came from; its Contact is
    /// not reachable.
    pub(crate) source: Option<SipAddr>,
}

#[derive(Clone, Debug)]
pub(crate) struct Dialog {
    pub(crate) call_id: String,
    pub(crate) local_tag: String,
    pub(crate) remote_tag: Option<String>,
    /// Our side of From and To, with its tag.
    local: String,
    /// Their side, with its tag once there is one.
    remote: String,
    local_sequence: u32,
    remote_sequence: Option<u32>,
    target: Uri,
    routes: Vec<Route>,
    contact: Uri,
    pub(crate) path: Path,
}

impl Dialog {
    /// The dialog an INVITE of theirs begins. `None` when it lacks what the
    /// screen should have asked for.
    pub(crate) fn as_callee(
        invite: &Request,
        local_tag: String,
        contact: Uri,
        path: Path,
    ) -> Option<Self> {
        let to = invite.headers.first("To")?;
        let from = invite.headers.first("From")?;
        Some(Self {
            call_id: invite.headers.first("Call-ID")?.to_owned(),
            remote_tag: invite.from_header().ok()?.tag().ok()?.map(|tag| tag.0),
            local: format!("{to};tag={local_tag}"),
            remote: from.to_owned(),
            local_tag,
            local_sequence: 0,
            remote_sequence: Some(sequence(invite)?),
            target: target_of(&invite.headers)?,
            routes: routes(&invite.headers),
            contact,
            path,
        })
    }

    /// The dialog an INVITE of ours may begin.
    pub(crate) fn as_caller(
        call_id: String,
        from: String,
        local_tag: String,
        target: Uri,
        contact: Uri,
        path: Path,
    ) -> Self {
        Self {
            call_id,
            remote_tag: None,
            local: format!("{from};tag={local_tag}"),
            remote: format!("<{target}>"),
            local_tag,
            local_sequence: 0,
            remote_sequence: None,
            target,
            routes: Vec::new(),
            contact,
            path,
        }
    }

    /// Takes over what the answer to our INVITE says (RFC 3261 §12.1.2).
    pub(crate) fn established_by(&mut self, response: &Response) {
        let tag = response.to_header().ok().and_then(|to| to.tag().ok()?);
        self.remote_tag = tag.map(|tag| tag.0);
        if let Some(to) = response.headers.first("To") {
            self.remote = to.to_owned();
        }
        self.routes = routes(&response.headers);
        self.routes.reverse();
        self.refresh_target(&response.headers);
    }

    /// A target refresh: the Contact of a re-INVITE, an UPDATE or their answers.
    pub(crate) fn refresh_target(&mut self, headers: &Headers) {
        if let Some(target) = target_of(headers) {
            self.target = target;
        }
    }

    /// Whether a request of theirs is in order (RFC 3261 §12.2.2): numbers grow.
    pub(crate) fn takes(&mut self, request: &Request) -> bool {
        let Some(number) = sequence(request) else {
            return false;
        };
        let fresh = self.remote_sequence.is_none_or(|last| number > last);
        if fresh {
            self.remote_sequence = Some(number);
        }
        fresh
    }

    /// A request within the dialog, or the INVITE that begins it.
    pub(crate) fn request(
        &mut self,
        endpoint: &EndpointInner,
        method: Method,
        extra: Vec<Header>,
        body: Option<Vec<u8>>,
    ) -> Result<Request, NotBuilt> {
        self.local_sequence += 1;
        let number = self.local_sequence;
        let via = endpoint.get_via(Some(self.path.listener.clone()), None);
        let via = via.map_err(|_| NotBuilt)?;
        let mut headers: Vec<Header> = vec![
            Header::Via(via.into()),
            Header::MaxForwards(70.into()),
            Header::From(self.local.clone().into()),
            Header::To(self.remote.clone().into()),
            Header::CallId(self.call_id.clone().into()),
            Header::CSeq(format!("{number} {method}").into()),
            Header::Contact(format!("<{}>", self.contact).into()),
            Header::Allow(ALLOWED.into()),
            Header::Supported("timer".into()),
            Header::UserAgent(endpoint.user_agent.clone().into()),
        ];
        headers.extend(self.routes.iter().cloned().map(Header::Route));
        headers.extend(extra);
        if body.is_some() && !headers.iter().any(|it| it.name() == "Content-Type") {
            headers.push(Header::ContentType("application/sdp".into()));
        }
        let body = body.unwrap_or_default();
        let length = u32::try_from(body.len()).unwrap_or(u32::MAX);
        headers.push(Header::ContentLength(length.into()));
        Ok(Request {
            method,
            uri: self.target.clone(),
            headers: headers.into(),
            body,
            version: Version::V2,
        })
    }

    /// A response to a request of theirs within the dialog.
    pub(crate) fn response(
        &self,
        endpoint: &EndpointInner,
        request: &Request,
        status: StatusCode,
        extra: Vec<Header>,
        body: Option<Vec<u8>>,
    ) -> Response {
        let with_sdp = body.is_some();
        let final_or_early = status.code() > 100;
        let mut response = endpoint.make_response(request, status, body);
        if final_or_early {
            for header in response.headers.iter_mut() {
                if matches!(header, Header::To(_)) {
                    *header = Header::To(self.local.clone().into());
                }
            }
            let record_routes = request
                .headers
                .iter()
                .filter(|it| matches!(it, Header::RecordRoute(_)));
            response.headers.extend(record_routes.cloned().collect());
            response
                .headers
                .push(Header::Contact(format!("<{}>", self.contact).into()));
            response.headers.push(Header::Allow(ALLOWED.into()));
            response.headers.push(Header::Supported("timer".into()));
        }
        response.headers.extend(extra);
        if with_sdp {
            let sdp = Header::ContentType("application/sdp".into());
            response.headers.push(sdp);
        }
        response
    }

    /// Where requests go to: `None` where the stream is the way.
    pub(crate) fn destination(&self) -> Option<SipAddr> {
        if self.path.stream.is_some() {
            return None;
        }
        if let Some(route) = self.routes.first() {
            return address_of(route.value());
        }
        if let Some(source) = &self.path.source {
            return Some(source.clone());
        }
        SipAddr::try_from(&self.target).ok()
    }
}

fn sequence(request: &Request) -> Option<u32> {
    request.cseq_header().ok()?.seq().ok()
}

fn target_of(headers: &Headers) -> Option<Uri> {
    let contact = headers.first("Contact")?;
    let contact = rsipstack::sip::typed::Contact::parse(contact).ok()?;
    Some(contact.uri)
}

/// Record-Route, one value each.
fn routes(headers: &Headers) -> Vec<Route> {
    headers
        .iter()
        .filter(|it| matches!(it, Header::RecordRoute(_)))
        .flat_map(|it| sip::list::split(it.value()))
        .map(|value| Route::from(value.to_owned()))
        .collect()
}
