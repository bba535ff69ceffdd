//! Rebuilds requests from what was written about them.

use request::{RequestEvent, RequestId, ServiceRequest};

use crate::{Error, Journal};

impl Journal {
    /// All that has happened to a request and was not erased, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read or an event cannot be decoded.
    pub fn events(&self, id: &RequestId) -> Result<Vec<RequestEvent>, Error> {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT number AS after, 0 AS publication, body, 1 AS life FROM entry
                 WHERE request_id = ?1 AND body IS NOT NULL
                 UNION ALL
                 SELECT after_entry, number, event, 1 FROM publication WHERE request_id = ?1
                 UNION ALL
                 SELECT number, 0, body, 0 FROM salvaged
                 WHERE request_id = ?1 AND body IS NOT NULL
                 ORDER BY life, after, publication",
            )
            .map_err(Error::Read)?;
        let mut rows = statement.query([id.as_str()]).map_err(Error::Read)?;
        let mut events = Vec::new();
        while let Some(row) = rows.next().map_err(Error::Read)? {
            let number = row.get(0).map_err(Error::Read)?;
            let text = row.get_ref(2).map_err(Error::Read)?;
            let text = text.as_str().map_err(|error| Error::Read(error.into()))?;
            events.push(decode(number, text)?);
        }
        Ok(events)
    }

    /// Rebuilds a request from what was written about it.
    ///
    /// # Errors
    /// When the file cannot be read or an event cannot be decoded.
    pub fn request(&self, id: &RequestId) -> Result<Option<ServiceRequest>, Error> {
        Ok(ServiceRequest::replay(id.clone(), &self.events(id)?))
    }

    /// The number of the newest entry about a request; none when there is none.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn newest_entry_of(&self, id: &RequestId) -> Result<Option<u64>, Error> {
        self.connection
            .prepare_cached("SELECT max(number) FROM entry WHERE request_id = ?1")
            .and_then(|mut select| select.query_row([id.as_str()], |row| row.get(0)))
            .map(|number: Option<i64>| number.map(i64::unsigned_abs))
            .map_err(Error::Read)
    }

    /// The requests that were opened and never closed, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn open_requests(&self) -> Result<Vec<RequestId>, Error> {
        self.ids("SELECT request_id FROM open_request ORDER BY opened_by")
    }

    /// All requests ever written about here, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn requests(&self) -> Result<Vec<RequestId>, Error> {
        self.ids("SELECT request_id FROM entry GROUP BY request_id ORDER BY min(number)")
    }

    fn ids(&self, query: &str) -> Result<Vec<RequestId>, Error> {
        let mut statement = self.connection.prepare(query).map_err(Error::Read)?;
        let ids = statement
            .query_map([], |row| row.get::<_, String>(0))
            .map_err(Error::Read)?;
        ids.map(|id| id.map(RequestId::new).map_err(Error::Read))
            .collect()
    }
}

pub(crate) fn decode(number: i64, text: &str) -> Result<RequestEvent, Error> {
    serde_json::from_str(text).map_err(|error| Error::Decode {
        number,
        column: error.column(),
    })
}
