// Package gospelib reads a GospeLib: chapters, search, words and their connections.
//
// The package api below it is generated from the description of the API; this one makes it pleasant: it waits when it is
// told to come later, turns what is no answer into a *Problem, and goes over the pages of a search.
package gospelib

import (
	"context"
	"iter"
	"net/http"
	"strings"
	"time"

	"github.com/gospelib/gospelib/clients/go/api"
)

const pageSize = 100

// Client reads one GospeLib. It is safe for concurrent use; reuse it, it keeps its connections.
type Client struct {
	api *api.ClientWithResponses
}

// New makes a client of the GospeLib at an origin such as http://localhost:8080.
func New(origin string) (*Client, error) {
	doer := &http.Client{Timeout: time.Minute, Transport: &retrying{http.DefaultTransport}}
	made, err := api.NewClientWithResponses(strings.TrimRight(origin, "/"), api.WithHTTPClient(doer))
	if err != nil {
		return nil, err
	}
	return &Client{made}, nil
}

// Chapter is a chapter as it is read, for instance alma.32. The error is a *Problem where there is none.
func (c *Client) Chapter(ctx context.Context, id string) (*api.GetApiV1ChaptersChapterResponse, error) {
	return checked(c.api.GetApiV1ChaptersChapterWithResponse(ctx, id))
}

// Word is a Hebrew or Greek word by its number, for instance H7225, with where it stands.
func (c *Client) Word(ctx context.Context, strongs string) (*api.GetApiV1WordsStrongsResponse, error) {
	return checked(c.api.GetApiV1WordsStrongsWithResponse(ctx, strongs, nil))
}

// Connections is what a verse is connected with, by kind, for instance of gen.1.1.
func (c *Client) Connections(ctx context.Context, passage string) (*api.GetApiV1PassagesIdConnectionsResponse, error) {
	return checked(c.api.GetApiV1PassagesIdConnectionsWithResponse(ctx, passage, nil))
}

// Corpus is version, counts, sources and their licences: what to cite.
func (c *Client) Corpus(ctx context.Context) (*api.GetApiV1CorpusResponse, error) {
	return checked(c.api.GetApiV1CorpusWithResponse(ctx))
}

// Search goes over the pages of a search, best hits first; a page is fetched when it is needed. An error ends it.
func (c *Client) Search(ctx context.Context, query string) iter.Seq2[*api.GetApiV1SearchResponse, error] {
	return func(yield func(*api.GetApiV1SearchResponse, error) bool) {
		limit := pageSize
		params := &api.GetApiV1SearchParams{Q: query, Limit: &limit}
		for {
			page, err := checked(c.api.GetApiV1SearchWithResponse(ctx, params))
			if !yield(page, err) || err != nil || page.JSON200.Next == nil {
				return
			}
			params.Cursor = page.JSON200.Next
		}
	}
}

type answer interface {
	StatusCode() int
	GetBody() []byte
}

// checked is the answer with its content, or the problem that the service told.
func checked[T answer](response T, err error) (T, error) {
	var none T
	if err != nil {
		return none, err
	}
	if response.StatusCode() != http.StatusOK {
		return none, problemOf(response.StatusCode(), response.GetBody())
	}
	return response, nil
}
