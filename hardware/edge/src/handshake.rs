//! Who is let in at the door: a program, to a service that exists.

use tokio_tungstenite::tungstenite::{
    handshake::server::{Callback, ErrorResponse, Request, Response},
    http::{StatusCode, header::ORIGIN},
};

/// Where the service publisher is; every service is below it (XFS4IoT, "Service discovery").
pub(crate) const ROOT: &str = "/xfs4iot/v1.0";

/// Whom a line leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Door {
    Publisher,
    /// By its place in the list.
    Service(usize),
}

/// Looks at a request to open a WebSocket.
pub(crate) struct Doorkeeper<'a> {
    pub(crate) names: &'a [String],
    /// Where the request leads, once it was let in.
    pub(crate) door: &'a mut Option<Door>,
}

impl Callback for Doorkeeper<'_> {
    // As the callback of tungstenite has it.
    #[allow(clippy::result_large_err)]
    fn on_request(self, request: &Request, response: Response) -> Result<Response, ErrorResponse> {
        // A page in somebody's browser must not drive devices: browsers, and only they, say
        // from where a page came (RFC 6455, 10.2).
        if request.headers().contains_key(ORIGIN) {
            return Err(refusal(StatusCode::FORBIDDEN, "browsers are not served"));
        }
        match self.door(request.uri().path()) {
            Some(door) => {
                *self.door = Some(door);
                Ok(response)
            }
            None => Err(refusal(StatusCode::NOT_FOUND, "there is no such service")),
        }
    }
}

impl Doorkeeper<'_> {
    fn door(&self, path: &str) -> Option<Door> {
        let below = path.strip_prefix(ROOT)?;
        let below = below.strip_suffix('/').unwrap_or(below);
        if below.is_empty() {
            return Some(Door::Publisher);
        }
        let name = below.strip_prefix('/')?;
        let place = self.names.iter().position(|it| it == name)?;
        Some(Door::Service(place))
    }
}

fn refusal(status: StatusCode, why: &str) -> ErrorResponse {
    let mut refusal = ErrorResponse::new(Some(why.to_owned()));
    *refusal.status_mut() = status;
    refusal
}
