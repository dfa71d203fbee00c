package gospelib

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

type scripted struct {
	status int
	after  string
	body   string
}

// scriptOf is something in between that answers what it is told to, once each.
func scriptOf(t *testing.T, answers ...scripted) (*Client, *int) {
	t.Helper()
	asked := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		answer := answers[min(asked, len(answers)-1)]
		asked++
		if answer.after != "" {
			w.Header().Set("Retry-After", answer.after)
		}
		w.WriteHeader(answer.status)
		_, _ = w.Write([]byte(answer.body))
	}))
	t.Cleanup(server.Close)
	client, err := New(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	return client, &asked
}

func problemIn(t *testing.T, err error) *Problem {
	t.Helper()
	var problem *Problem
	if !errors.As(err, &problem) {
		t.Fatalf("no problem: %v", err)
	}
	return problem
}

func TestItComesAgainWhenItWasToldTo(t *testing.T) {
	client, asked := scriptOf(t, scripted{429, "1", ""}, scripted{404, "", `{"type":"no-such-word"}`})
	start := time.Now()
	_, err := client.Word(context.Background(), "H0")
	if problem := problemIn(t, err); problem.Type != "no-such-word" || problem.Status != 404 {
		t.Errorf("another problem: %v", problem)
	}
	if *asked != 2 || time.Since(start) < time.Second {
		t.Errorf("asked %d times in %v", *asked, time.Since(start))
	}
}

func TestItGivesUpWithTheProblemThatItWasTold(t *testing.T) {
	client, asked := scriptOf(t, scripted{503, "0", `{"type":"not-ready","detail":"soon"}`})
	_, err := client.Corpus(context.Background())
	if problemIn(t, err).Error() != "503 not-ready: soon" || *asked != attempts {
		t.Errorf("asked %d times: %v", *asked, err)
	}
}

func TestWhatIsNoJSONIsToldByItsStatus(t *testing.T) {
	client, _ := scriptOf(t, scripted{418, "", "<html>"})
	_, err := client.Corpus(context.Background())
	if problemIn(t, err).Type != blank {
		t.Error(err)
	}
}

func TestWaitingEndsWithItsContext(t *testing.T) {
	client, asked := scriptOf(t, scripted{503, "20", ""})
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	_, err := client.Corpus(ctx)
	if !errors.Is(err, context.DeadlineExceeded) || *asked != 1 {
		t.Errorf("asked %d times: %v", *asked, err)
	}
}
