package gospelib

import (
	"io"
	"net/http"
	"strconv"
	"time"
)

const (
	attempts    = 4
	firstWait   = 500 * time.Millisecond
	longestWait = 30 * time.Second
)

// retrying asks again when it is told to come later (429, 503) or something in between fails (502, 504): after
// Retry-After seconds where the answer has it, else after 0.5, 1, 2 s. It is for requests without a body.
type retrying struct {
	next http.RoundTripper
}

func (r *retrying) RoundTrip(request *http.Request) (*http.Response, error) {
	for attempt := 0; ; attempt++ {
		response, err := r.next.RoundTrip(request)
		if err != nil || attempt == attempts-1 || !isLater(response.StatusCode) {
			return response, err
		}
		wait := waitOf(response.Header.Get("Retry-After"), attempt)
		_, _ = io.Copy(io.Discard, response.Body)
		_ = response.Body.Close()
		select {
		case <-request.Context().Done():
			return nil, request.Context().Err()
		case <-time.After(wait):
		}
	}
}

func isLater(status int) bool {
	switch status {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return false
}

// waitOf is how long to wait; anything else than seconds counts as nothing said.
func waitOf(retryAfter string, attempt int) time.Duration {
	seconds, err := strconv.ParseFloat(retryAfter, 64)
	if err != nil {
		return firstWait << attempt
	}
	return min(time.Duration(seconds*float64(time.Second)), longestWait)
}
