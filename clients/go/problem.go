package gospelib

import (
	"encoding/json"
	"fmt"
	"net/http"
)

// blank is the type of an answer that tells none, by RFC 9457.
const blank = "about:blank"

// Problem is what the API answers when it does not answer (RFC 9457).
type Problem struct {
	Status int    `json:"status"`
	Type   string `json:"type"`
	Title  string `json:"title"`
	Detail string `json:"detail"`
}

func (p *Problem) Error() string {
	text := p.Detail
	if text == "" {
		text = p.Title
	}
	return fmt.Sprintf("%d %s: %s", p.Status, p.Type, text)
}

// problemOf reads one; of something in between, which tells none, its status.
func problemOf(status int, body []byte) *Problem {
	problem := &Problem{}
	if json.Unmarshal(body, problem) != nil || problem.Type == "" {
		return &Problem{Status: status, Type: blank, Title: http.StatusText(status)}
	}
	problem.Status = status
	return problem
}
